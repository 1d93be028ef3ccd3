// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/** A prepared statement of a worker's session; it may be kept from one transaction to the next. */
final class SessionPrepared extends SessionStatement<PreparedStatement>
    implements PreparedStatement {
  private final String sql;

  SessionPrepared(SessionLine session, PreparedStatement raw, String sql) {
    super(session, raw);
    this.sql = sql;
  }

  @Override
  public void addBatch() throws SQLException {
    raw.addBatch();
  }

  @Override
  public void clearParameters() throws SQLException {
    raw.clearParameters();
  }

  @Override
  public boolean execute() throws SQLException {
    session.startOf(raw, sql);
    try {
      return raw.execute();
    } catch (SQLException e) {
      throw session.failed(sql, e);
    } finally {
      session.end();
    }
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return session.run(raw, sql, () -> raw.executeLargeUpdate());
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    session.startOf(raw, sql);
    try {
      return raw.executeQuery();
    } catch (SQLException e) {
      throw session.failed(sql, e);
    } finally {
      session.end();
    }
  }

  @Override
  public int executeUpdate() throws SQLException {
    session.startOf(raw, sql);
    try {
      return raw.executeUpdate();
    } catch (SQLException e) {
      throw session.failed(sql, e);
    } finally {
      session.end();
    }
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    return raw.getMetaData();
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    return raw.getParameterMetaData();
  }

  @Override
  public void setArray(int index, Array value) throws SQLException {
    raw.setArray(index, value);
  }

  @Override
  public void setAsciiStream(int index, InputStream value) throws SQLException {
    raw.setAsciiStream(index, value);
  }

  @Override
  public void setAsciiStream(int index, InputStream value, int detail) throws SQLException {
    raw.setAsciiStream(index, value, detail);
  }

  @Override
  public void setAsciiStream(int index, InputStream value, long detail) throws SQLException {
    raw.setAsciiStream(index, value, detail);
  }

  @Override
  public void setBigDecimal(int index, BigDecimal value) throws SQLException {
    raw.setBigDecimal(index, value);
  }

  @Override
  public void setBinaryStream(int index, InputStream value) throws SQLException {
    raw.setBinaryStream(index, value);
  }

  @Override
  public void setBinaryStream(int index, InputStream value, int detail) throws SQLException {
    raw.setBinaryStream(index, value, detail);
  }

  @Override
  public void setBinaryStream(int index, InputStream value, long detail) throws SQLException {
    raw.setBinaryStream(index, value, detail);
  }

  @Override
  public void setBlob(int index, InputStream value) throws SQLException {
    raw.setBlob(index, value);
  }

  @Override
  public void setBlob(int index, Blob value) throws SQLException {
    raw.setBlob(index, value);
  }

  @Override
  public void setBlob(int index, InputStream value, long detail) throws SQLException {
    raw.setBlob(index, value, detail);
  }

  @Override
  public void setBoolean(int index, boolean value) throws SQLException {
    raw.setBoolean(index, value);
  }

  @Override
  public void setByte(int index, byte value) throws SQLException {
    raw.setByte(index, value);
  }

  @Override
  public void setBytes(int index, byte[] value) throws SQLException {
    raw.setBytes(index, value);
  }

  @Override
  public void setCharacterStream(int index, Reader value) throws SQLException {
    raw.setCharacterStream(index, value);
  }

  @Override
  public void setCharacterStream(int index, Reader value, int detail) throws SQLException {
    raw.setCharacterStream(index, value, detail);
  }

  @Override
  public void setCharacterStream(int index, Reader value, long detail) throws SQLException {
    raw.setCharacterStream(index, value, detail);
  }

  @Override
  public void setClob(int index, Reader value) throws SQLException {
    raw.setClob(index, value);
  }

  @Override
  public void setClob(int index, Clob value) throws SQLException {
    raw.setClob(index, value);
  }

  @Override
  public void setClob(int index, Reader value, long detail) throws SQLException {
    raw.setClob(index, value, detail);
  }

  @Override
  public void setDate(int index, Date value) throws SQLException {
    raw.setDate(index, value);
  }

  @Override
  public void setDate(int index, Date value, Calendar detail) throws SQLException {
    raw.setDate(index, value, detail);
  }

  @Override
  public void setDouble(int index, double value) throws SQLException {
    raw.setDouble(index, value);
  }

  @Override
  public void setFloat(int index, float value) throws SQLException {
    raw.setFloat(index, value);
  }

  @Override
  public void setInt(int index, int value) throws SQLException {
    raw.setInt(index, value);
  }

  @Override
  public void setLong(int index, long value) throws SQLException {
    raw.setLong(index, value);
  }

  @Override
  public void setNCharacterStream(int index, Reader value) throws SQLException {
    raw.setNCharacterStream(index, value);
  }

  @Override
  public void setNCharacterStream(int index, Reader value, long detail) throws SQLException {
    raw.setNCharacterStream(index, value, detail);
  }

  @Override
  public void setNClob(int index, Reader value) throws SQLException {
    raw.setNClob(index, value);
  }

  @Override
  public void setNClob(int index, NClob value) throws SQLException {
    raw.setNClob(index, value);
  }

  @Override
  public void setNClob(int index, Reader value, long detail) throws SQLException {
    raw.setNClob(index, value, detail);
  }

  @Override
  public void setNString(int index, String value) throws SQLException {
    raw.setNString(index, value);
  }

  @Override
  public void setNull(int index, int value) throws SQLException {
    raw.setNull(index, value);
  }

  @Override
  public void setNull(int index, int value, String detail) throws SQLException {
    raw.setNull(index, value, detail);
  }

  @Override
  public void setObject(int index, Object value) throws SQLException {
    raw.setObject(index, value);
  }

  @Override
  public void setObject(int index, Object value, int detail) throws SQLException {
    raw.setObject(index, value, detail);
  }

  @Override
  public void setObject(int index, Object value, SQLType detail) throws SQLException {
    raw.setObject(index, value, detail);
  }

  @Override
  public void setObject(int index, Object value, int detail, int scale) throws SQLException {
    raw.setObject(index, value, detail, scale);
  }

  @Override
  public void setObject(int index, Object value, SQLType detail, int scale) throws SQLException {
    raw.setObject(index, value, detail, scale);
  }

  @Override
  public void setRef(int index, Ref value) throws SQLException {
    raw.setRef(index, value);
  }

  @Override
  public void setRowId(int index, RowId value) throws SQLException {
    raw.setRowId(index, value);
  }

  @Override
  public void setSQLXML(int index, SQLXML value) throws SQLException {
    raw.setSQLXML(index, value);
  }

  @Override
  public void setShort(int index, short value) throws SQLException {
    raw.setShort(index, value);
  }

  @Override
  public void setString(int index, String value) throws SQLException {
    raw.setString(index, value);
  }

  @Override
  public void setTime(int index, Time value) throws SQLException {
    raw.setTime(index, value);
  }

  @Override
  public void setTime(int index, Time value, Calendar detail) throws SQLException {
    raw.setTime(index, value, detail);
  }

  @Override
  public void setTimestamp(int index, Timestamp value) throws SQLException {
    raw.setTimestamp(index, value);
  }

  @Override
  public void setTimestamp(int index, Timestamp value, Calendar detail) throws SQLException {
    raw.setTimestamp(index, value, detail);
  }

  @Override
  public void setURL(int index, URL value) throws SQLException {
    raw.setURL(index, value);
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int index, InputStream value, int detail) throws SQLException {
    raw.setUnicodeStream(index, value, detail);
  }
}
