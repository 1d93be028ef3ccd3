// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.worker.WorkerFlag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The connections of an ordinary client. */
@Timeout(60)
class ClientSourceTest {
  @TempDir Path base;
  private final Map<String, Object> settings = new HashMap<>();
  private TestHost host;

  @BeforeEach
  void open() {
    settings.put("database.main.pool_size", 2);
    settings.put("database.closed.allow_connections", false);
    settings.put("database.down.url", "jdbc:postgresql://127.0.0.1:1/x");
    host = new TestHost(base, settings);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private static long one(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void workerWithoutTheFlagHasAsManyConnectionsAndDatabasesAsItLikes() throws SQLException {
    WorkerEntrance door = host.door(new TestLife(0));
    DataSource main = door.dataSource("main");
    assertThat(door.dataSource("main")).isSameAs(main);
    try (Connection first = main.getConnection();
        Connection second = main.getConnection();
        Connection other = door.dataSource("catalog").getConnection()) {
      run(first, "CREATE TABLE item (id int)");
      assertThat(one(second, "SELECT count(*) FROM item")).isZero();
      assertThat(one(other, "SELECT count(*) FROM databases")).isPositive();
    }
    assertThat(host.pools.lent("main")).isZero();
  }

  @Test
  void nothingThatOneWorkerHasSetOrKeepsReachesAnother() throws SQLException {
    WorkerEntrance first = host.door(new TestLife(0));
    WorkerEntrance second = host.door(new TestLife(1));
    DataSource source = first.dataSource("main");
    try (Connection one = source.getConnection();
        Connection two = source.getConnection()) { // all that its pool has
      run(one, "SET SCHEMA information_schema");
      run(two, "SET @mine = 42");
      try (Connection other = second.dataSource("main").getConnection()) {
        assertThat(other.getSchema()).isEqualTo("public");
      }
    }
    first.close();
    for (int i = 0; i < 3; i++) {
      try (Connection other = second.dataSource("main").getConnection()) {
        assertThat(other.getSchema()).isEqualTo("public");
        assertThat(one(other, "SELECT coalesce(@mine, 0)")).isZero();
      }
    }
  }

  @Test
  void sessionAndOrdinaryClientGoTogetherInOneLife() throws SQLException {
    WorkerEntrance door = host.door(new TestLife(0, WorkerFlag.DATABASE_CONNECTION));
    door.connect("main", null).update("CREATE TABLE item (id int)");
    try (Connection client = door.dataSource("main").getConnection()) {
      assertThat(one(client, "SELECT count(*) FROM item")).isZero();
    }
  }

  @Test
  void whatIsLeftOpenIsRolledBackAndClosedWithTheLife() throws SQLException {
    WorkerEntrance door = host.door(new TestLife(0));
    DataSource source = door.dataSource("main");
    Connection left = source.getConnection();
    run(left, "CREATE TABLE item (id int)");
    left.setAutoCommit(false);
    run(left, "INSERT INTO item VALUES (1)");
    door.close();
    assertThat(left.isClosed()).isTrue();
    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("its life is over");
    try (Connection other = host.door(new TestLife(1)).dataSource("main").getConnection()) {
      assertThat(one(other, "SELECT count(*) FROM item")).isZero();
    }
  }

  @Test
  void abandonedLifeLosesItsConnections() throws Exception {
    WorkerEntrance door = host.door(new TestLife(0));
    Connection left = door.dataSource("main").getConnection();
    Thread supervisor = new Thread(door::close);
    supervisor.start();
    supervisor.join();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (works(left)) { // the pool closes it on a thread of its own
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    host.door(new TestLife(1)).dataSource("main").getConnection().close();
  }

  private static boolean works(Connection connection) {
    try {
      return one(connection, "SELECT 1") == 1;
    } catch (SQLException e) {
      return false;
    }
  }

  @Test
  void poolThatIsUsedUpSaysSo() throws SQLException {
    host.set("database.main.connect_timeout", Duration.ofSeconds(2));
    host.databases.execute("main", null, "SELECT 1"); // it is open
    DataSource source = host.door(new TestLife(0)).dataSource("main");
    try (Connection first = source.getConnection();
        Connection second = source.getConnection()) {
      assertThat(first).isNotSameAs(second);
      assertThatThrownBy(source::getConnection)
          .isInstanceOf(DatabaseConnectException.class)
          .hasFieldOrPropertyWithValue("reason", Reason.TOO_MANY_CONNECTIONS)
          .hasMessageContaining("It has at most 2");
    }
  }

  @Test
  void refusalComesAtOnceAndInTheWordsOfConnect() {
    WorkerEntrance door = host.door(new TestLife(0));
    assertThatThrownBy(() -> door.dataSource("nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"nowhere\" does not exist");
    assertThatThrownBy(() -> door.dataSource("closed").getConnection())
        .isInstanceOf(DatabaseConnectException.class)
        .hasFieldOrPropertyWithValue("reason", Reason.CONNECTIONS_NOT_ALLOWED);
    assertThatThrownBy(() -> door.dataSource("down").getConnection())
        .isInstanceOf(DatabaseConnectException.class)
        .hasFieldOrPropertyWithValue("reason", Reason.DATABASE_DOWN);
  }

  @Test
  void reloadGivesTheDatabaseAnotherPool() throws SQLException {
    DataSource source = host.door(new TestLife(0)).dataSource("main");
    try (Connection first = source.getConnection();
        Connection second = source.getConnection()) {
      host.set("database.main.pool_size", 3);
      try (Connection third = source.getConnection()) {
        assertThat(one(third, "SELECT 1")).isOne();
      }
      assertThat(one(first, "SELECT 1") + one(second, "SELECT 1")).isEqualTo(2);
    }
  }

  @Test
  void threadsOfThePoolKeepNothingOfTheWorker() throws SQLException {
    ClassLoader ofWorker = new ClassLoader(getClass().getClassLoader()) {};
    ClassLoader mine = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(ofWorker);
    try {
      host.door(new TestLife(0)).dataSource("main").getConnection().close();
    } finally {
      Thread.currentThread().setContextClassLoader(mine);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread != Thread.currentThread())
        .noneMatch(thread -> thread.getContextClassLoader() == ofWorker);
  }
}
