// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A row of {@code cron.job_run_details}, as the run that it is about writes it. */
final class RunRecord {
  private final DataSource source;
  private final long run;
  private final InstantSource clock;

  RunRecord(DataSource source, long run, InstantSource clock) {
    this.source = source;
    this.run = run;
    this.clock = clock;
  }

  /**
   * What is to be run.
   *
   * @param database where
   * @param username as which role; empty for the user the host itself connects with
   * @param command what
   */
  record Order(String database, Optional<String> username, String command) {}

  /**
   * Notes that the run has begun and returns what to do.
   *
   * @throws SQLException also when there is no such run, or it has begun already
   */
  Order begin() throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select database, username, command from cron.job_run_details where runid = ?")) {
      int begun =
          update(
              connection,
              "update cron.job_run_details set status = 'running', start_time = ?"
                  + " where runid = ? and status = 'starting'",
              now(),
              run);
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        if (begun == 0 || !row.next()) {
          throw new SQLException("cron run %d: is not waiting to be started".formatted(run));
        }
        return new Order(
            row.getString("database"),
            Optional.ofNullable(row.getString("username")),
            row.getString("command"));
      }
    }
  }

  void succeeded(String message) throws SQLException {
    end("succeeded", message);
  }

  void failed(@Nullable String message) throws SQLException {
    end("failed", message);
  }

  private void end(String status, @Nullable String message) throws SQLException {
    try (Connection connection = source.getConnection()) {
      update(
          connection,
          "update cron.job_run_details set status = ?, return_message = ?, end_time = ?"
              + " where runid = ? and status = 'running'",
          status,
          message,
          now(),
          run);
    }
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static int update(Connection connection, String sql, @Nullable Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      return statement.executeUpdate();
    }
  }
}
