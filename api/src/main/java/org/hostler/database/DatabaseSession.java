// SPDX-License-Identifier: Apache-2.0
package org.hostler.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The connection of one life of a worker, PostgreSQL's SPI in a background worker (contract D9).
 *
 * <p>It belongs to the worker's thread: every method called from another throws {@link
 * IllegalStateException}. Transactions follow one another; a nested one is an error. However the
 * life ends, what is not committed is rolled back and the connection is closed; after that, and
 * after the worker was abandoned, every method fails. A request to end, and {@code INT}, cancel the
 * running statement: it fails with {@link SQLException}, SQLSTATE {@code 57014}.
 *
 * <p>While a statement runs, state, statement and time are shown by {@link Databases#sessions()}
 * and {@code bgw:info}; nothing has to be reported by the worker itself.
 */
@ProviderType
public interface DatabaseSession {

  /** Returns the name of the database; {@code catalog} for the instance's catalog. */
  String database();

  /** Returns the name of the role: the one given, or the user the host itself connects with. */
  String role();

  /**
   * Runs one transaction: committed when the work returns, rolled back when it throws.
   *
   * @param work what to do; what it throws comes out of this method unchanged
   * @param <T> what it returns
   * @return what it returned
   * @throws SQLException what the database or the work threw
   * @throws IllegalStateException when called within a transaction
   */
  <T extends @Nullable Object> T inTransaction(Work<T> work) throws SQLException;

  /**
   * Runs a query and reads all its rows; in the transaction under way, else in one of its own.
   *
   * @param sql one statement, with {@code ?} for each argument
   * @param row reads one row
   * @param arguments what the question marks stand for; null for SQL's null
   * @param <T> what a row becomes
   * @return the rows in their order
   * @throws SQLException what the database threw
   */
  <T extends @Nullable Object> List<T> query(String sql, Row<T> row, @Nullable Object... arguments)
      throws SQLException;

  /**
   * Runs a statement that returns no rows; in the transaction under way, else in one of its own.
   *
   * @param sql one statement, with {@code ?} for each argument
   * @param arguments what the question marks stand for; null for SQL's null
   * @return how many rows it changed
   * @throws SQLException what the database threw
   */
  int update(String sql, @Nullable Object... arguments) throws SQLException;

  /**
   * Sets the longest time a statement of this session may take from now on (D10). One that takes
   * longer fails with SQLSTATE {@code 57014}.
   *
   * @param timeout how long; zero for no limit, which is what a session begins with
   * @throws SQLException when the database refuses it
   * @throws IllegalArgumentException when it is negative
   */
  void statementTimeout(Duration timeout) throws SQLException;

  /**
   * Sends a notification when the transaction commits; dropped when it is rolled back (N8). Without
   * a transaction under way it is sent in one of its own.
   *
   * @param channel the channel: letters, digits and {@code _}, at most 63 of them
   * @param payload the content, at most 7999 bytes
   * @throws SQLException when the database refuses it
   * @throws IllegalArgumentException when channel or payload are too long
   */
  void notify(String channel, String payload) throws SQLException;

  /**
   * Listens to a channel of this session's database from now until {@link #unlisten}, or until the
   * life ends (N8). Each notification sets the worker's latch; {@link #notifications} returns it.
   *
   * <p>On PostgreSQL these are the server's own: what other clients send is seen. On the embedded
   * database it is what workers of this host send. Listening twice is as listening once.
   *
   * @param channel the channel
   * @throws SQLException when the database refuses it
   */
  void listen(String channel) throws SQLException;

  /**
   * Ends listening; what has arrived stays to be taken.
   *
   * @param channel the channel; one that is not listened to is no error
   */
  void unlisten(String channel);

  /**
   * Takes what has arrived since the last call, oldest first; never blocks.
   *
   * <p>At most 10,000 are kept; of more, the oldest are dropped and said so in the log.
   */
  List<DatabaseNotification> notifications();

  /**
   * The work of one transaction.
   *
   * @param <T> what it returns
   */
  @ConsumerType
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param connection the session's connection: the same object in every transaction of a life,
     *     which works only within one. It cannot be committed, rolled back (but to a savepoint) or
     *     closed by the worker. A statement prepared on it may be kept for later transactions, as
     *     {@code SPI_keepplan} does
     * @return a result
     * @throws SQLException when something fails: the transaction is rolled back
     */
    T run(Connection connection) throws SQLException;
  }

  /**
   * Reads one row.
   *
   * @param <T> what it becomes
   */
  @ConsumerType
  @FunctionalInterface
  interface Row<T extends @Nullable Object> {
    /**
     * Reads the row at which the result stands.
     *
     * @param result the rows; not to be moved or kept
     * @return the row
     * @throws SQLException when a column cannot be read
     */
    T read(ResultSet result) throws SQLException;
  }
}
