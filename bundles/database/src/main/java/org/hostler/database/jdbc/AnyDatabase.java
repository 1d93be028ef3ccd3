// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;
import org.hostler.database.DatabaseConnectException.Reason;

/** A database of which nothing is known but JDBC. */
enum AnyDatabase implements Dialect {
  /** The only one. */
  ANY;

  @Override
  public boolean knowsRoles() {
    return false;
  }

  @Override
  public void login(SessionRequest request, Properties properties) {
    // what else a driver understands stands in the URL
  }

  @Override
  public void assume(Connection connection, SessionRequest request) throws SQLException {
    // it was logged in as the role: there is no way that all databases know to change it
  }

  @Override
  public Reason reason(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (failure instanceof SQLInvalidAuthorizationSpecException || state.startsWith("28")) {
      return Reason.WRONG_PASSWORD;
    }
    if (failure instanceof SQLTransientConnectionException
        || failure instanceof SQLNonTransientConnectionException
        || state.startsWith("08")) {
      return Reason.DATABASE_DOWN;
    }
    return state.equals("3D000") ? Reason.NO_SUCH_DATABASE : Reason.REFUSED;
  }

  @Override
  public boolean statementTimeout(Connection connection, Duration timeout) {
    return false;
  }
}
