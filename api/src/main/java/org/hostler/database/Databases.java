// SPDX-License-Identifier: Apache-2.0
package org.hostler.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hostler.worker.WorkerId;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The databases of this host, for surfaces and for services: a service of the bundle that offers
 * databases. Workers use {@link WorkerDatabase}.
 *
 * <p>All methods may be called from any thread; those that talk to a database block until it has
 * answered and may be interrupted. Once the bundle is gone nothing should be asked of it.
 */
@ProviderType
public interface Databases {

  /**
   * Returns every database that is known, by name: those of the configuration, the catalog, and
   * those that were created. Gives each its OID; asks no server.
   *
   * @throws SQLException when the catalog cannot be read
   */
  List<DatabaseStat> databases() throws SQLException;

  /** Returns every session of a worker, by worker; takes no lock. */
  List<SessionStat> sessions();

  /**
   * Returns the session of a worker's present life.
   *
   * @param worker slot and generation
   * @return the session; empty when it is not connected
   */
  Optional<SessionStat> session(WorkerId worker);

  /**
   * Runs one statement in a transaction of its own, as an operator would.
   *
   * @param database the database's name; null for the catalog
   * @param role the role's name; null for the user the host itself connects with
   * @param sql the statement
   * @return what it returned
   * @throws DatabaseConnectException when the database cannot be reached
   * @throws SQLException when the statement fails
   */
  StatementResult execute(@Nullable String database, @Nullable String role, String sql)
      throws SQLException;

  /**
   * Makes a new, empty database: embedded, or on the server of {@code database.*.url}.
   *
   * @param name its name: a letter or {@code _}, then letters, digits, {@code _}, {@code -}
   * @throws SQLException SQLSTATE {@code 42P04} when there is one of that name already; or what the
   *     server threw
   * @throws IllegalArgumentException when the name cannot be one
   */
  void create(String name) throws SQLException;

  /**
   * Removes a database and everything in it (contract D11–D13).
   *
   * <p>New sessions wait from now on and find it missing afterwards (D8). While a worker is
   * connected that is not {@code INTERRUPTIBLE}, this waits up to 5 s for it and then refuses,
   * naming it. Interruptible ones are ended and, if the removal succeeds, unregistered. With force
   * every session is ended at once; workers that come back cannot connect and end with status 1. A
   * removal that fails leaves everything as it was: workers that were ended for it start again.
   *
   * @param name the database
   * @param force whether to end every session
   * @throws DatabaseConnectException when there is no such database
   * @throws SQLException SQLSTATE {@code 55006} when it is in use, {@code 42501} for the catalog;
   *     or what the server threw
   */
  void remove(String name, boolean force) throws SQLException;

  /**
   * Listens to a channel of a database from now on (N8).
   *
   * <p>While the database is down nothing is heard; listening goes on by itself when it is back.
   *
   * @param database the database's name
   * @param channel the channel
   * @param listener called for each notification, one at a time, on a thread of the host's; what it
   *     throws is logged and ends nothing
   * @return ends listening when closed
   * @throws SQLException when the database cannot be reached now
   */
  Subscription subscribe(String database, String channel, Consumer<DatabaseNotification> listener)
      throws SQLException;

  /** A running subscription. */
  @ProviderType
  interface Subscription extends AutoCloseable {
    /** Ends it. Idempotent. */
    @Override
    void close();
  }
}
