// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.hostler.database.DatabaseConnectException.Reason;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, which decides itself who may connect. */
enum PostgreSql implements Dialect {
  /** The only one. */
  POSTGRESQL;

  @Override
  public boolean knowsRoles() {
    return true;
  }

  @Override
  public void login(SessionRequest request, Properties properties) {
    properties.setProperty("ApplicationName", request.application());
    long seconds = Math.max(1, (request.target().connectTimeout().toMillis() + 999) / 1_000);
    String url = request.target().url();
    if (!url.contains("connectTimeout=")) {
      properties.setProperty("connectTimeout", Long.toString(seconds));
    }
    if (!url.contains("socketTimeout=")) {
      // While it logs in, or the thread would wait for ever; assume() takes it back.
      properties.setProperty("socketTimeout", Long.toString(seconds));
    }
    if (!url.contains("tcpKeepAlive=")) {
      properties.setProperty("tcpKeepAlive", "true");
    }
  }

  @Override
  public void assume(Connection connection, SessionRequest request) throws SQLException {
    if (request.foreignRole()) {
      checkRole(connection, request);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET SESSION AUTHORIZATION " + quoted(request.role()));
      } catch (SQLException e) {
        throw request.failure(Reason.REFUSED, "the host's user cannot become it: " + words(e), e);
      }
    }
    if (!request.target().url().contains("socketTimeout=")) {
      connection.setNetworkTimeout(Runnable::run, 0);
    }
  }

  /**
   * Null as well when something between driver and server keeps the connections to itself: then
   * what the server says of a process says nothing of this session.
   */
  @Override
  public @Nullable Backend backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_catalog.pg_backend_pid(), " + Backend.SERVER + ", " + Backend.NOW)) {
      row.next();
      Backend backend =
          new Backend(row.getInt(1), row.getString(2), row.getString(3), row.getDouble(4));
      return backend.pid() == driversPid(connection) ? backend : null;
    }
  }

  /** By reflection: imported, the driver could not be replaced without ending every session. */
  private static int driversPid(Connection connection) throws SQLException {
    try {
      return driverCall(connection, "getBackendPID") instanceof Integer number ? number : 0;
    } catch (ReflectiveOperationException e) { // another driver for such URLs
      return 0;
    }
  }

  /** By reflection: imported, the driver could not be replaced without ending every session. */
  private static @Nullable Object driverCall(Connection connection, String method)
      throws SQLException, ReflectiveOperationException {
    ClassLoader driver = connection.getClass().getClassLoader();
    Class<?> type = Class.forName("org.postgresql.PGConnection", false, driver);
    try {
      return type.getMethod(method).invoke(connection.unwrap(type));
    } catch (InvocationTargetException e) {
      throw Failures.rethrown(e.getCause());
    }
  }

  private static void checkRole(Connection connection, SessionRequest request) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT rolcanlogin, has_database_privilege(oid, current_database(), 'CONNECT')"
                + " FROM pg_catalog.pg_roles WHERE rolname = ?")) {
      statement.setString(1, request.role());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw request.failure(Reason.NO_SUCH_ROLE, "the role does not exist", null);
        }
        if (!row.getBoolean(1) && !request.bypassLogin()) {
          throw request.failure(
              Reason.LOGIN_NOT_PERMITTED, "the role is not permitted to log in", null);
        }
        if (!row.getBoolean(2) && !request.bypassAllow()) {
          throw request.failure(
              Reason.NO_CONNECT_PRIVILEGE, "the role does not have the CONNECT privilege", null);
        }
      }
    }
  }

  /** The driver itself asks the server once for a statement; this asks once more. */
  @Override
  public void cancelAgain(Connection connection, Statement statement) throws SQLException {
    try {
      driverCall(connection, "cancelQuery");
    } catch (ReflectiveOperationException e) { // another driver for such URLs
      statement.cancel();
    }
  }

  @Override
  public Reason reason(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (state.startsWith("08") || state.startsWith("57P")) {
      return Reason.DATABASE_DOWN;
    }
    return switch (state) {
      case "3D000" -> Reason.NO_SUCH_DATABASE;
      case "28P01" -> Reason.WRONG_PASSWORD;
      case "28000" -> ofAuthorization(String.valueOf(failure.getMessage()));
      case "55000" -> Reason.CONNECTIONS_NOT_ALLOWED;
      case "42501" -> Reason.NO_CONNECT_PRIVILEGE;
      case "53300" -> Reason.TOO_MANY_CONNECTIONS;
      default -> Reason.REFUSED;
    };
  }

  /** One code stands for three causes, and nothing but the words tells them apart. */
  private static Reason ofAuthorization(String message) {
    if (message.contains("not permitted to log in")) {
      return Reason.LOGIN_NOT_PERMITTED;
    }
    return message.contains("does not exist") ? Reason.NO_SUCH_ROLE : Reason.REFUSED;
  }

  @Override
  public boolean statementTimeout(Connection connection, Duration timeout) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET statement_timeout = " + Math.min(Integer.MAX_VALUE, EmbeddedH2.millis(timeout)));
    }
    return true;
  }

  @Override
  public boolean aborted(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      return false;
    } catch (SQLException e) {
      if ("25P02".equals(e.getSQLState())) {
        return true;
      }
      throw e;
    }
  }

  /** Returns a name as an identifier. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns what a failure says, in one line, with what lies under it if that says more. */
  static String words(SQLException failure) {
    String said = oneLine(failure.getMessage());
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = root.getMessage();
    return root instanceof IOException && why != null && !said.contains(why)
        ? "%s (%s: %s)".formatted(said, root.getClass().getSimpleName(), oneLine(why))
        : said;
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
