// SPDX-License-Identifier: Apache-2.0
package org.hostler.database;

import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection could not be had (contract D4).
 *
 * <p>It names database and role, never a password. {@link #getSQLState()} is PostgreSQL's code.
 * Left uncaught it ends the life with status 1, and the restart policy decides.
 */
public final class DatabaseConnectException extends SQLException {
  @Serial private static final long serialVersionUID = 1;

  /** The kinds of causes, with PostgreSQL's SQLSTATE for each. */
  public enum Reason {
    /** There is no such database, or it was removed. */
    NO_SUCH_DATABASE("3D000"),
    /** There is no such role. */
    NO_SUCH_ROLE("28000"),
    /** The role may not log in. */
    LOGIN_NOT_PERMITTED("28000"),
    /** The database does not accept connections. */
    CONNECTIONS_NOT_ALLOWED("55000"),
    /** The role may not connect to this database. */
    NO_CONNECT_PRIVILEGE("42501"),
    /** The database does not accept user or password. */
    WRONG_PASSWORD("28P01"),
    /** The password file is missing, unreadable, or others can read it. */
    PASSWORD_FILE("F0000"),
    /** No driver for this database is there. */
    NO_DRIVER("58P01"),
    /** The URL is not one that the driver understands. */
    BAD_URL("F0000"),
    /** The database has no connection left. */
    TOO_MANY_CONNECTIONS("53300"),
    /** The database does not answer, or not yet. */
    DATABASE_DOWN("08001"),
    /** The database answered, and refused for another reason; the cause has it. */
    REFUSED("08004");

    private final String sqlState;

    Reason(String sqlState) {
      this.sqlState = sqlState;
    }

    /** Returns PostgreSQL's code. */
    public String sqlState() {
      return sqlState;
    }
  }

  private final Reason reason;
  private final String database;
  private final String role;

  /**
   * Makes one.
   *
   * @param reason the kind of cause
   * @param database the database's name
   * @param role the role's name; an empty string for the host's own user
   * @param message what is wrong, beginning with the database; never with a password
   * @param cause what the driver threw; null when it was not asked
   */
  public DatabaseConnectException(
      Reason reason, String database, String role, String message, @Nullable Throwable cause) {
    super(message, reason.sqlState(), cause);
    this.reason = reason;
    this.database = database;
    this.role = role;
  }

  /** Returns the kind of cause. */
  public Reason reason() {
    return reason;
  }

  /** Returns the database's name. */
  public String database() {
    return database;
  }

  /** Returns the role's name; an empty string for the host's own user. */
  public String role() {
    return role;
  }
}
