// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.workerspi;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.hostler.database.DatabaseSession;

/**
 * The table {@code counted} of one schema: any number of delta rows, and one total.
 *
 * <p>The same SQL runs on PostgreSQL and on the embedded database, but for one thing: only the
 * first has an index over a part of the rows. The second keeps the total single by a column that
 * nobody sees and that holds a value in that row only. ({@code value} stands in quotes because the
 * second reserves the word.)
 *
 * <p>Rounds are exact. Their transactions are serializable, so that what is summed is what is
 * deleted, whatever others insert meanwhile, and of two workers that fold the same rows one fails
 * with SQLSTATE {@code 40001} and has changed nothing.
 */
final class CountedTable {
  private final String schema;
  private final String table;

  CountedTable(String schema) {
    this.schema = schema;
    this.table = schema + ".counted";
  }

  /** Makes schema and table unless they are there, and prepares the session for rounds. */
  void makeIn(DatabaseSession session) throws SQLException {
    try {
      make(session);
    } catch (SQLException e) {
      make(session); // who made it at the same moment has done so by now
    }
    session.update("set session characteristics as transaction isolation level serializable");
  }

  private void make(DatabaseSession session) throws SQLException {
    session.inTransaction(
        connection -> {
          // Looks first: "if not exists" would ask for the right to create even where it is made.
          if (count(session, "schemata where schema_name = ?", schema) == 0) {
            session.update("create schema if not exists " + schema);
          }
          if (count(session, "tables where table_schema = ? and table_name = 'counted'", schema)
              == 0) {
            boolean postgres =
                connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
            for (String statement : postgres ? inPostgres() : embedded()) {
              session.update(statement);
            }
          }
          return null;
        });
  }

  private static long count(DatabaseSession session, String what, String schema)
      throws SQLException {
    return session
        .query("select count(*) from information_schema." + what, row -> row.getLong(1), schema)
        .get(0);
  }

  private List<String> inPostgres() {
    return List.of(
        "create table if not exists %s (%s)".formatted(table, columns()),
        "create unique index if not exists counted_unique_total on %s (type) where type = 'total'"
            .formatted(table));
  }

  private List<String> embedded() {
    return List.of(
        ("create table if not exists %s (%s, is_total boolean invisible"
                + " generated always as (case when type = 'total' then true end) unique)")
            .formatted(table, columns()));
  }

  private static String columns() {
    return "type text check (type in ('total', 'delta')), \"value\" integer";
  }

  /**
   * Takes the delta rows out and adds their sum to the total, which is made if it is missing.
   *
   * @return the new total; empty when there were none
   * @throws SQLException with SQLSTATE {@code 40001} when another worker did so at the same time
   */
  OptionalLong fold(DatabaseSession session) throws SQLException {
    return session.inTransaction(
        connection -> {
          Deltas deltas = deltas(session);
          if (deltas.rows() == 0) {
            return OptionalLong.empty();
          }
          session.update("delete from " + table + " where type = 'delta'");
          if (add(session, deltas.sum()) == 0) {
            session.update("insert into " + table + " values ('total', ?)", deltas.sum());
          }
          return OptionalLong.of(total(session));
        });
  }

  private Deltas deltas(DatabaseSession session) throws SQLException {
    return session
        .query(
            "select count(*), coalesce(sum(\"value\"), 0) from " + table + " where type = 'delta'",
            row -> new Deltas(row.getLong(1), row.getLong(2)))
        .get(0);
  }

  private int add(DatabaseSession session, long sum) throws SQLException {
    return session.update(
        "update " + table + " set \"value\" = \"value\" + ? where type = 'total'", sum);
  }

  private long total(DatabaseSession session) throws SQLException {
    return session
        .query("select \"value\" from " + table + " where type = 'total'", row -> row.getLong(1))
        .get(0);
  }

  @Override
  public String toString() {
    return table;
  }

  /** How many delta rows there are, and their sum. */
  private record Deltas(long rows, long sum) {}
}
