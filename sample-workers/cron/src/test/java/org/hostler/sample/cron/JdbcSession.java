// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.hostler.database.DatabaseNotification;
import org.hostler.database.DatabaseSession;

/** A session on an embedded database in memory, opened with the host's options. */
final class JdbcSession implements DatabaseSession, AutoCloseable {
  private final Connection connection;

  JdbcSession(String database) throws SQLException {
    connection = source(database).getConnection();
  }

  /** The same database for an ordinary client. */
  static JdbcDataSource source(String database) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(
        "jdbc:h2:mem:"
            + database
            + ";DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
            + ";DEFAULT_NULL_ORDERING=HIGH");
    source.setUser("hostler");
    return source;
  }

  @Override
  public String database() {
    return "main";
  }

  @Override
  public String role() {
    return "hostler";
  }

  @Override
  public <T> T inTransaction(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  @Override
  public <T> List<T> query(String sql, Row<T> row, Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(sql, arguments);
        ResultSet result = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row.read(result));
      }
      return rows;
    }
  }

  @Override
  public int update(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(sql, arguments)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  @Override
  public void statementTimeout(Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void notify(String channel, String payload) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void listen(String channel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unlisten(String channel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<DatabaseNotification> notifications() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
