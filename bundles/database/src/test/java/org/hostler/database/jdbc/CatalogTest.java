// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hostler.database.DatabaseSession;
import org.hostler.database.DatabaseStat;
import org.hostler.database.StatementResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The instance's catalog: numbers, views, and the databases that were made. */
class CatalogTest {
  @TempDir Path base;
  private final Map<String, Object> settings = new HashMap<>();

  private TestHost host() {
    return new TestHost(base, settings);
  }

  private static Map<String, Long> numbers(TestHost host) throws SQLException {
    return host.databases.databases().stream()
        .collect(Collectors.toMap(DatabaseStat::name, DatabaseStat::oid));
  }

  @Test
  void nothingIsOpenedUntilItIsNeeded() {
    try (TestHost host = host()) {
      assertThat(host.databases.sessions()).isEmpty();
      host.door(TestLife.connecting(0)).close();
      assertThat(base.resolve("data")).doesNotExist();
    }
  }

  @Test
  void databaseWhoseSettingsAreGoneIsNotListedAndHasItsNumberAgainWhenTheyAreBack()
      throws SQLException {
    settings.put("database.orders.url", "jdbc:postgresql://localhost:1/orders");
    long number;
    try (TestHost host = host()) {
      number = numbers(host).get("orders");
    }
    Object url = settings.remove("database.orders.url");
    try (TestHost host = host()) {
      assertThat(numbers(host)).containsOnlyKeys("catalog", "main");
    }
    settings.put("database.orders.url", url);
    try (TestHost host = host()) {
      assertThat(numbers(host)).containsEntry("orders", number);
    }
  }

  @Test
  void numberIsGivenAtFirstSightKeptAndNeverToAnother() throws SQLException {
    Map<String, Long> first;
    try (TestHost host = host()) {
      host.databases.create("made");
      first = numbers(host);
      assertThat(first).containsOnlyKeys("catalog", "main", "made");
      assertThat(first.values()).doesNotHaveDuplicates().allMatch(n -> n >= Catalog.FIRST_OID);
      host.databases.remove("made", false);
      assertThat(numbers(host)).doesNotContainKey("made");
    }
    try (TestHost host = host()) {
      host.databases.create("made");
      Map<String, Long> again = numbers(host);
      assertThat(again).containsEntry("main", first.get("main"));
      assertThat(again.get("made")).isNotIn(first.values());
    }
  }

  @Test
  void numberOutlivesAHostThatIsKilled() throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledHost.class.getName(),
                base.toString())
            .redirectErrorStream(true)
            .start();
    String line;
    try (var output = killed.inputReader()) {
      line = output.lines().filter(text -> text.startsWith("made ")).findFirst().orElse("");
      killed.destroyForcibly();
    }
    assertThat(killed.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(line).startsWith("made ");
    try (TestHost host = host()) {
      assertThat(numbers(host)).containsEntry("made", Long.parseLong(line.substring(5)));
    }
  }

  /** A host that makes a database, says its number and waits to be killed. */
  static final class KilledHost {
    private KilledHost() {}

    public static void main(String[] arguments) throws Exception {
      TestHost host = new TestHost(Path.of(arguments[0]), Map.of());
      host.databases.create("made");
      System.out.println("made " + numbers(host).get("made"));
      Thread.currentThread().join();
    }
  }

  @Test
  void viewsShowWhatIsNowAndCannotBeWritten() throws SQLException {
    settings.put("role.app.login", false);
    settings.put("database.shut.allow_connections", false);
    try (TestHost host = host()) {
      DatabaseSession session = host.door(TestLife.connecting(3)).connect(null, null);
      assertThat(
              session.query(
                  "SELECT name || ' ' || kind || ' ' || allow_connections FROM databases"
                      + " ORDER BY name",
                  row -> row.getString(1)))
          .containsExactly("catalog embedded TRUE", "main embedded TRUE", "shut embedded FALSE");
      assertThat(
              session.query(
                  "SELECT name || ' ' || login FROM roles ORDER BY name", row -> row.getString(1)))
          .containsExactly("app FALSE", "hostler TRUE");
      host.set("role.late.login", true);
      assertThat(session.query("SELECT name FROM roles", row -> row.getString(1))).contains("late");
      assertThat(
              session.query(
                  "SELECT name || ' ' || database || ' ' || state FROM workers",
                  row -> row.getString(1)))
          .containsExactly("worker 3 catalog active");
      for (String sql :
          List.of(
              "DELETE FROM databases",
              "DELETE FROM hostler.object",
              "SELECT * FROM hostler.object",
              "CREATE TABLE own (id int)",
              "DROP VIEW databases",
              "SHUTDOWN")) {
        assertThatThrownBy(() -> session.update(sql)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> host.databases.execute(null, null, sql))
            .isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  void operatorsStatementIsATransactionOfItsOwn() throws SQLException {
    try (TestHost host = host()) {
      host.databases.execute("main", null, "CREATE TABLE item (id int, name varchar)");
      StatementResult inserted =
          host.databases.execute("main", null, "INSERT INTO item VALUES (1, 'a'), (2, NULL)");
      assertThat(inserted.changed()).isEqualTo(2);
      assertThat(inserted.columns()).isEmpty();
      StatementResult read =
          host.databases.execute("main", null, "SELECT id, name FROM item ORDER BY id");
      assertThat(read.columns()).containsExactly("id", "name");
      assertThat(read.rows()).hasSize(2);
      assertThat(read.rows().get(1)).containsExactly("2", null);
      assertThat(host.databases.sessions()).isEmpty();
    }
  }

  @Test
  void nameThatIsTakenOrIsNoneIsRefused() throws SQLException {
    try (TestHost host = host()) {
      for (String taken : List.of("main", "MAIN", "catalog")) {
        assertThatThrownBy(() -> host.databases.create(taken))
            .isInstanceOf(SQLException.class)
            .hasFieldOrPropertyWithValue("SQLState", "42P04");
      }
      for (String bad : List.of("", "1a", "a/b", "../a", "a;b", "a".repeat(64))) {
        assertThatThrownBy(() -> host.databases.create(bad))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(Files.exists(base.resolve("data/main.mv.db"))).isFalse();
    }
  }
}
