// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/**
 * A statement of a worker's session: the driver's own, which runs within a transaction only, and is
 * seen while it runs.
 *
 * @param <S> what it is to the driver
 */
class SessionStatement<S extends Statement> implements Statement {
  final SessionLine session;
  final S raw;
  private String batch = "";

  SessionStatement(SessionLine session, S raw) {
    this.session = session;
    this.raw = raw;
  }

  @Override
  public Connection getConnection() {
    return session.connection();
  }

  @Override
  public void close() throws SQLException {
    raw.close(); // also between transactions, and when the session is closed
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    batch = sql;
    raw.addBatch(sql);
  }

  @Override
  public void clearBatch() throws SQLException {
    raw.clearBatch();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(raw) || raw.isWrapperFor(type);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(raw) ? type.cast(raw) : raw.unwrap(type);
  }

  @Override
  public void cancel() throws SQLException {
    raw.cancel();
  }

  @Override
  public void clearWarnings() throws SQLException {
    raw.clearWarnings();
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    raw.closeOnCompletion();
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return session.run(raw, sql, () -> raw.execute(sql));
  }

  @Override
  public boolean execute(String sql, int keys) throws SQLException {
    return session.run(raw, sql, () -> raw.execute(sql, keys));
  }

  @Override
  public boolean execute(String sql, int[] keys) throws SQLException {
    return session.run(raw, sql, () -> raw.execute(sql, keys));
  }

  @Override
  public boolean execute(String sql, String[] keys) throws SQLException {
    return session.run(raw, sql, () -> raw.execute(sql, keys));
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return session.run(raw, batch, () -> raw.executeBatch());
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    return session.run(raw, batch, () -> raw.executeLargeBatch());
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return session.run(raw, sql, () -> raw.executeLargeUpdate(sql));
  }

  @Override
  public long executeLargeUpdate(String sql, int keys) throws SQLException {
    return session.run(raw, sql, () -> raw.executeLargeUpdate(sql, keys));
  }

  @Override
  public long executeLargeUpdate(String sql, int[] keys) throws SQLException {
    return session.run(raw, sql, () -> raw.executeLargeUpdate(sql, keys));
  }

  @Override
  public long executeLargeUpdate(String sql, String[] keys) throws SQLException {
    return session.run(raw, sql, () -> raw.executeLargeUpdate(sql, keys));
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    return session.run(raw, sql, () -> raw.executeQuery(sql));
  }

  @Override
  public int executeUpdate(String sql) throws SQLException {
    return session.run(raw, sql, () -> raw.executeUpdate(sql));
  }

  @Override
  public int executeUpdate(String sql, int keys) throws SQLException {
    return session.run(raw, sql, () -> raw.executeUpdate(sql, keys));
  }

  @Override
  public int executeUpdate(String sql, int[] keys) throws SQLException {
    return session.run(raw, sql, () -> raw.executeUpdate(sql, keys));
  }

  @Override
  public int executeUpdate(String sql, String[] keys) throws SQLException {
    return session.run(raw, sql, () -> raw.executeUpdate(sql, keys));
  }

  @Override
  public int getFetchDirection() throws SQLException {
    return raw.getFetchDirection();
  }

  @Override
  public int getFetchSize() throws SQLException {
    return raw.getFetchSize();
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    return raw.getGeneratedKeys();
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    return raw.getLargeMaxRows();
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    return raw.getLargeUpdateCount();
  }

  @Override
  public int getMaxFieldSize() throws SQLException {
    return raw.getMaxFieldSize();
  }

  @Override
  public int getMaxRows() throws SQLException {
    return raw.getMaxRows();
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return raw.getMoreResults();
  }

  @Override
  public boolean getMoreResults(int value) throws SQLException {
    return raw.getMoreResults(value);
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    return raw.getQueryTimeout();
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return raw.getResultSet();
  }

  @Override
  public int getResultSetConcurrency() throws SQLException {
    return raw.getResultSetConcurrency();
  }

  @Override
  public int getResultSetHoldability() throws SQLException {
    return raw.getResultSetHoldability();
  }

  @Override
  public int getResultSetType() throws SQLException {
    return raw.getResultSetType();
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return raw.getUpdateCount();
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return raw.getWarnings();
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    return raw.isCloseOnCompletion();
  }

  @Override
  public boolean isClosed() throws SQLException {
    return raw.isClosed();
  }

  @Override
  public boolean isPoolable() throws SQLException {
    return raw.isPoolable();
  }

  @Override
  public void setCursorName(String value) throws SQLException {
    raw.setCursorName(value);
  }

  @Override
  public void setEscapeProcessing(boolean value) throws SQLException {
    raw.setEscapeProcessing(value);
  }

  @Override
  public void setFetchDirection(int value) throws SQLException {
    raw.setFetchDirection(value);
  }

  @Override
  public void setFetchSize(int value) throws SQLException {
    raw.setFetchSize(value);
  }

  @Override
  public void setLargeMaxRows(long value) throws SQLException {
    raw.setLargeMaxRows(value);
  }

  @Override
  public void setMaxFieldSize(int value) throws SQLException {
    raw.setMaxFieldSize(value);
  }

  @Override
  public void setMaxRows(int value) throws SQLException {
    raw.setMaxRows(value);
  }

  @Override
  public void setPoolable(boolean value) throws SQLException {
    raw.setPoolable(value);
  }

  @Override
  public void setQueryTimeout(int value) throws SQLException {
    raw.setQueryTimeout(value);
  }
}
