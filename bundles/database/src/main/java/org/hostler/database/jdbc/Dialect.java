// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.hostler.database.DatabaseConnectException.Reason;
import org.jspecify.annotations.Nullable;

/** What differs between databases; without state. */
sealed interface Dialect permits EmbeddedH2, PostgreSql, AnyDatabase {
  /** SQLSTATE of a statement that was cancelled or took too long. */
  String CANCELED = "57014";

  /** Returns the dialect of a database. */
  static Dialect of(DatabaseTarget target) {
    return switch (target.kind()) {
      case "embedded", "h2" -> EmbeddedH2.H2;
      case "postgresql" -> PostgreSql.POSTGRESQL;
      default -> AnyDatabase.ANY;
    };
  }

  /** Tells whether the server itself knows which databases and roles there are. */
  boolean knowsRoles();

  /** Adds what the driver has to be told when it connects. */
  void login(SessionRequest request, Properties properties);

  /** Makes a new connection that of the role, or throws why it may not be. */
  void assume(Connection connection, SessionRequest request) throws SQLException;

  /** Returns how the server knows a new connection; null when that cannot be told. */
  default @Nullable Backend backend(Connection connection) throws SQLException {
    return null;
  }

  /**
   * Cancels a statement that was cancelled and did not end: the driver or the server had not begun
   * with it.
   *
   * @param connection the driver's connection
   */
  default void cancelAgain(Connection connection, Statement statement) throws SQLException {
    statement.cancel();
  }

  /** Says what a failure of the driver's to connect means. */
  Reason reason(SQLException failure);

  /**
   * Limits the time of the statements of a connection.
   *
   * @return whether the database does it; else each statement has to be told
   */
  boolean statementTimeout(Connection connection, Duration timeout) throws SQLException;

  /**
   * Tells whether a transaction, a statement of which failed, can only be rolled back.
   *
   * @param connection the one it is under way on
   */
  default boolean aborted(Connection connection) throws SQLException {
    return false;
  }

  /** Tells whether a failure means that the connection, and with it the session, is gone. */
  static boolean lost(SQLException failure) {
    String state = failure.getSQLState();
    return state != null
        && (state.startsWith("08")
            || state.equals("57P01")
            || state.equals("57P02")
            || state.equals("57P03"));
  }
}
