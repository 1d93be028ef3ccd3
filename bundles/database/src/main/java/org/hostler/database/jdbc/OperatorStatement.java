// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.hostler.database.StatementResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One statement of an operator's, in a transaction and on a connection of its own.
 *
 * <p>It runs on a thread of the mechanism's: whoever waits for it can be interrupted, which cancels
 * it. No driver would notice the interrupt by itself.
 *
 * @param connection closed in the end
 * @param dialect the connection's
 * @param threads where it runs
 */
record OperatorStatement(Connection connection, Dialect dialect, MechanismThreads threads) {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorStatement.class);

  /**
   * Runs it and waits.
   *
   * @throws SQLException what the database threw; when interrupted SQLSTATE {@code 57014}, with the
   *     flag set again
   */
  StatementResult run(String sql) throws SQLException {
    Statement statement = statement();
    CompletableFuture<StatementResult> result = threads.begin(() -> execute(statement, sql));
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      threads.execute(
          new Cancellation(
              () -> !result.isDone(),
              () -> cancel(statement::cancel),
              () -> cancel(() -> dialect.cancelAgain(connection, statement))));
      throw new SQLException("interrupted while the statement ran", Dialect.CANCELED, e);
    } catch (ExecutionException e) {
      Opening.closeQuietly(connection); // if it never ran
      throw Failures.rethrown(e.getCause() == null ? e : e.getCause());
    }
  }

  private Statement statement() throws SQLException {
    try {
      connection.setAutoCommit(false);
      return connection.createStatement();
    } catch (SQLException | RuntimeException e) {
      Opening.closeQuietly(connection);
      throw e;
    }
  }

  private StatementResult execute(Statement statement, String sql) throws SQLException {
    try (connection;
        statement) {
      try {
        StatementResult result = result(statement, statement.execute(sql));
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(e);
        throw e;
      }
    }
  }

  /** Rolls back; a connection that is gone cannot, and why it is gone is what counts. */
  private void rollBack(Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Asks a database to cancel something. */
  @FunctionalInterface
  private interface Cancel {
    void ask() throws SQLException;
  }

  private static void cancel(Cancel request) {
    try {
      request.ask();
    } catch (SQLException e) { // it has just ended, or its connection has
      LOG.debug("a statement was not cancelled", e);
    }
  }

  private static StatementResult result(Statement statement, boolean rows) throws SQLException {
    if (!rows) {
      return new StatementResult(List.of(), List.of(), Math.max(0, statement.getUpdateCount()));
    }
    try (ResultSet result = statement.getResultSet()) {
      ResultSetMetaData meta = result.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        columns.add(meta.getColumnLabel(i));
      }
      List<List<@Nullable String>> all = new ArrayList<>();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(result.getString(i));
        }
        all.add(Collections.unmodifiableList(row));
      }
      return new StatementResult(List.copyOf(columns), Collections.unmodifiableList(all), 0);
    }
  }
}
