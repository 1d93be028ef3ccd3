// SPDX-License-Identifier: Apache-2.0
package org.hostler.database;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A worker's door to databases, PostgreSQL's {@code BackgroundWorkerInitializeConnection} (contract
 * D1–D5).
 *
 * <p>For the worker's own thread. It belongs to one life and is closed, rolled back, with it.
 */
@ProviderType
public interface WorkerDatabase {

  /** What a connection may ignore (D5). */
  enum ConnectOption {
    /** Connect although the database does not accept connections. */
    BYPASS_ALLOWCONN,
    /** Connect although the role may not log in. */
    BYPASS_ROLELOGINCHECK
  }

  /**
   * Connects this life to a database, once: the one call is used up when it begins, also if it
   * fails (D2).
   *
   * @param database the database's name; null for the instance's catalog (D3)
   * @param role the role's name; null for the user the host itself connects with (D3)
   * @param options what to ignore
   * @return the connection of this life
   * @throws SQLException when it cannot be had; names database and role, never a password (D4)
   * @throws IllegalStateException when the worker was registered without {@code
   *     DATABASE_CONNECTION} (D1), or has connected before (D2)
   */
  DatabaseSession connect(
      @Nullable String database, @Nullable String role, ConnectOption... options)
      throws SQLException;

  /**
   * As {@link #connect}, by the catalog's OIDs; 0 means the same as null.
   *
   * @param database the database's OID
   * @param role the role's OID
   * @param options what to ignore
   * @return the connection of this life
   * @throws SQLException as {@link #connect}
   */
  DatabaseSession connectByOid(long database, long role, ConnectOption... options)
      throws SQLException;

  /**
   * Returns an ordinary client's source of connections to a database: as many as it likes, no flag
   * needed, ordinary rules apply. What is left open is closed with the worker.
   *
   * @param database the database's name
   * @return the source; the same for the same name within one life
   * @throws IllegalArgumentException when no such database is configured
   */
  DataSource dataSource(String database);
}
