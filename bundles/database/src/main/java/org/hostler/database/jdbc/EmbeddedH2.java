// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.hostler.database.DatabaseConnectException.Reason;

/** H2, embedded or on a server of its own. */
enum EmbeddedH2 implements Dialect {
  /** The only one. */
  H2;

  @Override
  public boolean knowsRoles() {
    return false;
  }

  @Override
  public void login(SessionRequest request, Properties properties) {
    // it takes user and password, and nothing of what else there is to say
  }

  @Override
  public void assume(Connection connection, SessionRequest request) throws SQLException {
    // it was logged in as the role already
  }

  @Override
  public Reason reason(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case 28000 -> Reason.WRONG_PASSWORD;
      case 90013, 90146 -> Reason.NO_SUCH_DATABASE;
      case 90011, 90046, 90047, 90113 -> Reason.BAD_URL;
      case 90067 -> Reason.DATABASE_DOWN;
      default -> Reason.REFUSED;
    };
  }

  @Override
  public boolean statementTimeout(Connection connection, Duration timeout) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET QUERY_TIMEOUT " + Math.min(Integer.MAX_VALUE, millis(timeout)));
    }
    return true;
  }

  /** Returns milliseconds, rounded up: only zero means no limit. */
  static long millis(Duration timeout) {
    return timeout.plusNanos(999_999).toMillis();
  }
}
