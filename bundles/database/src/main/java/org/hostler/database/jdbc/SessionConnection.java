// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/**
 * The connection a worker sees: the driver's own, which works within a transaction only and whose
 * end is not the worker's business.
 */
final class SessionConnection implements Connection {
  private final SessionLine session;

  SessionConnection(SessionLine session) {
    this.session = session;
  }

  private Connection raw() throws SQLException {
    return session.transaction();
  }

  private SQLException refused(String what) throws SQLException {
    raw(); // outside of a transaction that is what is wrong
    return new SQLException(
        ("background worker \"%s\": the work of a transaction cannot %s its connection\n"
                + "The transaction is committed when the work returns, and rolled back when it"
                + " throws.")
            .formatted(session.workerName(), what),
        "2D000");
  }

  private Statement plain(Statement made) {
    return new SessionStatement<>(session, made);
  }

  private PreparedStatement prepared(String sql, SessionLine.Call<PreparedStatement> call)
      throws SQLException {
    return new SessionPrepared(session, session.prepare(sql, call), sql);
  }

  // ---- what is not the worker's business

  @Override
  public void commit() throws SQLException {
    throw refused("commit");
  }

  @Override
  public void rollback() throws SQLException {
    throw refused("roll back");
  }

  @Override
  public void close() throws SQLException {
    throw refused("close");
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    throw refused("change the auto-commit mode of");
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    throw refused("abort");
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return raw().getAutoCommit();
  }

  @Override
  public boolean isClosed() {
    return session.isClosed();
  }

  @Override
  public boolean isValid(int timeout) throws SQLException {
    return !isClosed() && raw().isValid(timeout);
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    open().setClientInfo(properties);
  }

  @Override
  public void setClientInfo(String name, String value) throws SQLClientInfoException {
    open().setClientInfo(name, value);
  }

  private Connection open() throws SQLClientInfoException {
    try {
      return raw();
    } catch (SQLException e) {
      throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), Map.of(), e);
    }
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(raw()) || raw().isWrapperFor(type);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(raw()) ? type.cast(raw()) : raw().unwrap(type);
  }

  // ---- statements

  @Override
  public Statement createStatement() throws SQLException {
    return plain(raw().createStatement());
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return plain(raw().createStatement(type, concurrency));
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return plain(raw().createStatement(type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return prepared(sql, () -> raw().prepareStatement(sql));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
    return prepared(sql, () -> raw().prepareStatement(sql, keys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] keys) throws SQLException {
    return prepared(sql, () -> raw().prepareStatement(sql, keys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] keys) throws SQLException {
    return prepared(sql, () -> raw().prepareStatement(sql, keys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return prepared(sql, () -> raw().prepareStatement(sql, type, concurrency));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return prepared(sql, () -> raw().prepareStatement(sql, type, concurrency, holdability));
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    return SessionCall.of(session, session.prepare(sql, () -> raw().prepareCall(sql)), sql);
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    return SessionCall.of(
        session, session.prepare(sql, () -> raw().prepareCall(sql, type, concurrency)), sql);
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return SessionCall.of(
        session,
        session.prepare(sql, () -> raw().prepareCall(sql, type, concurrency, holdability)),
        sql);
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    return raw().nativeSQL(sql);
  }

  // ---- savepoints

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return raw().setSavepoint();
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    return raw().setSavepoint(name);
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    raw().rollback(savepoint);
    session.backToSavepoint();
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    raw().releaseSavepoint(savepoint);
  }

  // ---- all else is the driver's

  @Override
  public Array createArrayOf(String type, Object[] elements) throws SQLException {
    return raw().createArrayOf(type, elements);
  }

  @Override
  public Blob createBlob() throws SQLException {
    return raw().createBlob();
  }

  @Override
  public Clob createClob() throws SQLException {
    return raw().createClob();
  }

  @Override
  public NClob createNClob() throws SQLException {
    return raw().createNClob();
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    return raw().createSQLXML();
  }

  @Override
  public Struct createStruct(String type, Object[] attributes) throws SQLException {
    return raw().createStruct(type, attributes);
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    return raw().getMetaData();
  }

  @Override
  public String getCatalog() throws SQLException {
    return raw().getCatalog();
  }

  @Override
  public void setCatalog(String catalog) throws SQLException {
    raw().setCatalog(catalog);
  }

  @Override
  public String getSchema() throws SQLException {
    return raw().getSchema();
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    raw().setSchema(schema);
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return raw().isReadOnly();
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    raw().setReadOnly(readOnly);
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    return raw().getTransactionIsolation();
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    raw().setTransactionIsolation(level);
  }

  @Override
  public int getHoldability() throws SQLException {
    return raw().getHoldability();
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    raw().setHoldability(holdability);
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    return raw().getNetworkTimeout();
  }

  @Override
  public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
    raw().setNetworkTimeout(executor, milliseconds);
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    return raw().getTypeMap();
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    raw().setTypeMap(map);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    return raw().getClientInfo();
  }

  @Override
  public String getClientInfo(String name) throws SQLException {
    return raw().getClientInfo(name);
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return raw().getWarnings();
  }

  @Override
  public void clearWarnings() throws SQLException {
    raw().clearWarnings();
  }
}
