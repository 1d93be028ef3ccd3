// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalog's views: functions of Java that H2 calls when somebody reads one, so that they always
 * show what is now.
 *
 * <p>Public only because H2 calls it. It finds this class through the context class loader of the
 * thread that opens the catalog, and the host through the path of the database.
 */
public final class CatalogViews {
  /** What H2 calls the reader's connection while it wants to know the columns only. */
  private static final String COLUMNS_ONLY = "jdbc:columnlist:connection";

  private static final Map<String, Rows> HOSTS = new ConcurrentHashMap<>();
  private static final List<String> DATABASES =
      List.of(
          "oid bigint",
          "name varchar",
          "kind varchar",
          "allow_connections boolean",
          "connect varchar");
  private static final List<String> ROLES = List.of("oid bigint", "name varchar", "login boolean");
  private static final List<String> WORKERS =
      List.of(
          "id varchar",
          "name varchar",
          "database varchar",
          "role varchar",
          "state varchar",
          "statement varchar",
          "since timestamp with time zone",
          "connected_at timestamp with time zone");

  /** What the views show: a list of the values of each row. */
  interface Rows {
    /** Returns a row for each database. */
    List<Object[]> databases() throws SQLException;

    /** Returns a row for each role. */
    List<Object[]> roles() throws SQLException;

    /** Returns a row for each worker that is connected. */
    List<Object[]> workers() throws SQLException;
  }

  private CatalogViews() {}

  /** Makes the views, if they are not there; everybody may read them. */
  static void make(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String view : List.of("databases", "roles", "workers")) {
        statement.execute(
            "CREATE ALIAS IF NOT EXISTS hostler.%s FOR \"%s.%s\""
                .formatted(view, CatalogViews.class.getName(), view));
        statement.execute(
            "CREATE OR REPLACE VIEW public.%s AS SELECT * FROM hostler.%s()".formatted(view, view));
        statement.execute("GRANT SELECT ON public.%s TO PUBLIC".formatted(view));
      }
    }
  }

  /** Shows a host's rows in the database of a connection, until {@link #hide}. */
  static String show(Connection connection, Rows rows) throws SQLException {
    String path = path(connection);
    HOSTS.put(path, rows);
    return path;
  }

  /** Ends {@link #show}. */
  static void hide(String path) {
    HOSTS.remove(path);
  }

  /**
   * Returns the databases; called by H2.
   *
   * @param connection the reader's
   * @throws SQLException when the catalog cannot be read
   */
  public static ResultSet databases(Connection connection) throws SQLException {
    return table(connection, DATABASES, Rows::databases);
  }

  /**
   * Returns the roles; called by H2.
   *
   * @param connection the reader's
   * @throws SQLException when the catalog cannot be read
   */
  public static ResultSet roles(Connection connection) throws SQLException {
    return table(connection, ROLES, Rows::roles);
  }

  /**
   * Returns the workers that are connected; called by H2.
   *
   * @param connection the reader's
   * @throws SQLException when the catalog cannot be read
   */
  public static ResultSet workers(Connection connection) throws SQLException {
    return table(connection, WORKERS, Rows::workers);
  }

  /** Returns the path of the database; empty when no query gives rows. */
  private static String path(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT DATABASE_PATH()")) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static List<Object[]> rows(Connection connection, Read read) throws SQLException {
    if (connection.getMetaData().getURL().equals(COLUMNS_ONLY)) {
      return List.of(); // asking the host would open the catalog that is just being opened
    }
    Rows rows = HOSTS.get(path(connection));
    if (rows == null) {
      throw new SQLException("this catalog belongs to no host that runs", "55000");
    }
    return read.of(rows);
  }

  /** One of the three. */
  @FunctionalInterface
  private interface Read {
    List<Object[]> of(Rows rows) throws SQLException;
  }

  /** Returns rows as H2's own result: its TABLE takes an array for each column. */
  private static ResultSet table(Connection connection, List<String> columns, Read read)
      throws SQLException {
    List<Object[]> rows = rows(connection, read);
    PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM TABLE(" + String.join("=?, ", columns) + "=?)");
    for (int column = 0; column < columns.size(); column++) {
      Object[] values = new Object[rows.size()];
      for (int row = 0; row < values.length; row++) {
        values[row] = rows.get(row)[column];
      }
      statement.setObject(column + 1, values);
    }
    return statement.executeQuery(); // H2 reads it to its end and closes the statement with it
  }
}
