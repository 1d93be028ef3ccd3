// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.hostler.database.DatabaseSession;

/** Runs the command of a job: one statement, or several separated by semicolons. */
final class Command {
  private static final String NOT_IN_A_TRANSACTION = "25001";

  private Command() {}

  /**
   * Runs a command in one transaction; one that the database runs outside of transactions only,
   * such as PostgreSQL's {@code VACUUM}, outside.
   *
   * @return how many rows it returned or changed, in words; of several statements the last, or the
   *     only one of which the driver tells
   * @throws SQLException what the database threw
   */
  static String run(DatabaseSession session, String command) throws SQLException {
    try {
      return session.inTransaction(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return result(statement, statement.execute(command));
            }
          });
    } catch (SQLException e) {
      if (!NOT_IN_A_TRANSACTION.equals(e.getSQLState())) {
        throw e;
      }
      session.update(command); // refused before it did anything, so it is run for the first time
      return "done";
    }
  }

  private static String result(Statement statement, boolean first) throws SQLException {
    String result = "";
    boolean rows = first;
    while (rows || statement.getUpdateCount() != -1) {
      result = rows ? rows(count(statement)) : rows(statement.getUpdateCount()) + " changed";
      rows = statement.getMoreResults();
    }
    return result;
  }

  private static String rows(long count) {
    return count == 1 ? "1 row" : count + " rows";
  }

  private static long count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      long count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }
}
