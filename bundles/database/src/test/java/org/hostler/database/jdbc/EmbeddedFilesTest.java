// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings have H2 do with an embedded database's file. */
class EmbeddedFilesTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  @TempDir Path base;

  @Test
  void commitsAreWrittenAtOnceWhereTheSettingSaysSo() throws SQLException {
    try (TestHost host = new TestHost(base, Map.of("database.safe.synchronous_commit", true))) {
      assertThat(writeDelay(host, "main")).isEqualTo(500);
      assertThat(writeDelay(host, "safe")).isZero();
    }
  }

  @Test
  void settingOfAllDatabasesDoesNotHoldForTheCatalog() throws SQLException {
    try (TestHost host = new TestHost(base, Map.of("database.*.synchronous_commit", false))) {
      assertThat(writeDelay(host, "main")).isEqualTo(500);
      assertThat(writeDelay(host, DatabaseConfig.CATALOG)).isZero();
    }
  }

  @Test
  void reloadHoldsForDatabasesThatAreOpen() throws SQLException {
    try (TestHost host = new TestHost(base, Map.of())) {
      assertThat(writeDelay(host, "main")).isEqualTo(500);
      host.set("database.main.synchronous_commit", true);
      host.mechanism.settingsChanged();
      long end = System.nanoTime() + LONG.toNanos();
      while (writeDelay(host, "main") != 0) {
        assertThat(System.nanoTime()).as("the setting holds in time").isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
  }

  private static int writeDelay(TestHost host, String database) throws SQLException {
    try (Connection connection = host.connections.open(database, LONG);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select setting_value from information_schema.settings"
                    + " where setting_name = 'WRITE_DELAY'")) {
      assertThat(row.next()).isTrue();
      return row.getInt(1);
    }
  }
}
