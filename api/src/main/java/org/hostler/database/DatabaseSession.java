// SPDX-License-Identifier: Apache-2.0
package org.hostler.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The connection of one life of a worker, PostgreSQL's SPI in a background worker (contract D9).
 *
 * <p>It belongs to the worker's thread. Transactions follow one another; a nested one is an error.
 * It is rolled back and closed however the life ends.
 */
@ProviderType
public interface DatabaseSession {

  /**
   * Runs one transaction: committed when the work returns, rolled back when it throws.
   *
   * @param work what to do
   * @param <T> what it returns
   * @return what it returned
   * @throws SQLException what the database or the work threw
   * @throws IllegalStateException when called within a transaction
   */
  <T> T inTransaction(Work<T> work) throws SQLException;

  /**
   * Sends a notification when the transaction commits; dropped when it is rolled back (N8).
   *
   * @param channel the channel
   * @param payload the content
   * @throws SQLException when the database refuses it
   */
  void notify(String channel, String payload) throws SQLException;

  /**
   * The work of one transaction.
   *
   * @param <T> what it returns
   */
  @ConsumerType
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does the work.
     *
     * @param connection the session's connection; not to be kept, committed or closed
     * @return a result
     * @throws SQLException when something fails: the transaction is rolled back
     */
    T run(Connection connection) throws SQLException;
  }
}
