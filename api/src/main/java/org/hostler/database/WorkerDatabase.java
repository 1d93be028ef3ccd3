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
 * <p>It belongs to one life and is closed, rolled back, with it. {@link #connect} and {@link
 * #connectByOid} are for the worker's own thread; {@link #dataSource} may be called from any.
 */
@ProviderType
public interface WorkerDatabase {

  /** What a connection may ignore (D5). */
  enum ConnectOption {
    /** Connect although the database does not accept connections, or not from this role. */
    BYPASS_ALLOWCONN,
    /** Connect although the role may not log in. */
    BYPASS_ROLELOGINCHECK
  }

  /**
   * Connects this life to a database, once: the one call is used up when it begins, also if it
   * fails (D2).
   *
   * <p>Blocks until the database has answered, at most {@code database.<name>.connect_timeout}. It
   * can be interrupted all that time: a worker asked to end leaves it with {@link
   * org.hostler.worker.WorkerTerminated}.
   *
   * @param database the database's name; null for the instance's catalog (D3)
   * @param role the role's name; null for the user the host itself connects with (D3)
   * @param options what to ignore
   * @return the connection of this life
   * @throws DatabaseConnectException when it cannot be had (D4)
   * @throws SQLException when the driver fails in another way
   * @throws IllegalStateException when the worker was registered without {@code
   *     DATABASE_CONNECTION} (D1), has connected before (D2), or calls from another thread
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
   * @throws DatabaseConnectException as {@link #connect}; also when an OID stands for nothing
   * @throws SQLException as {@link #connect}
   */
  DatabaseSession connectByOid(long database, long role, ConnectOption... options)
      throws SQLException;

  /**
   * Returns an ordinary client's source of connections to a database, as the user the host itself
   * connects with: as many connections and databases as the worker likes, no flag needed, ordinary
   * rules apply.
   *
   * <p>The connections come from a pool of this life's own, of at most {@code
   * database.<name>.pool_size}; they may be used from any thread of the worker's. What is left open
   * is rolled back and closed with the life, and the source then gives no more.
   *
   * @param database the database's name
   * @return the source; the same for the same name within one life
   * @throws IllegalArgumentException when there is no such database
   */
  DataSource dataSource(String database);
}
