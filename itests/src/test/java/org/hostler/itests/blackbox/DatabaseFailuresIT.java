// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.hostler.itests.bundles.CountingWorker;
import org.hostler.itests.bundles.TestBundle;
import org.hostler.itests.postgres.Line;
import org.hostler.itests.postgres.PostgresServer;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestName;

/**
 * A PostgreSQL that is killed, throws workers out, changes its passwords, has no connection left or
 * cannot be reached: nothing is lost, nothing doubled, nobody else is disturbed, and the worker is
 * back when the database is.
 */
public class DatabaseFailuresIT {
  private static final String LIBRARY = "org.acme.count";
  private static final String BYSTANDER = "bystander";
  private static final String FIRST_SECRET = "first-geheimnis-1";
  private static final String SECOND_SECRET = "second-geheimnis-2";

  @ClassRule public static final Instances INSTANCES = new Instances();
  @ClassRule public static final PostgresServer SERVER = PostgresServer.named("failures");

  @Rule public final TestName test = new TestName();

  private static Instance host;
  private static Line line;
  private static Path passwordFile;
  private String table;
  private String bystandersLife;

  @BeforeClass
  public static void startBesideAServer() throws IOException, SQLException {
    host = INSTANCES.init("main");
    line = new Line(SERVER.port());
    TestBundle.named(LIBRARY).with(CountingWorker.class).buildIn(host.extensions());
    SERVER.execute("create role counter login", "grant create on schema public to counter");
    SERVER.requirePassword("counter", FIRST_SECRET);
    passwordFile = host.base().resolve("conf/password");
    Files.writeString(passwordFile, FIRST_SECRET + "\n");
    Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
    host.configure(
        "database.pg.url = '" + SERVER.url("postgres") + "'",
        "database.pg.user = postgres",
        "database.pg.connect_timeout = 20s",
        "database.far.url = '" + PostgresServer.url(line.port(), "postgres") + "'",
        "database.far.user = postgres",
        "database.far.connect_timeout = 2s",
        "database.secret.url = '" + SERVER.url("postgres") + "'",
        "database.secret.user = counter",
        "database.secret.password_file = '" + passwordFile + "'");
    host.start();
    host.exec("bgw:sql main 'create table calm (n bigint, half int, primary key (n, half))'").ok();
    count(BYSTANDER, "main calm", "never");
    awaitMore(BYSTANDER); // in its only life
  }

  @AfterClass
  public static void takeDownTheLine() {
    line.close();
    String log = host.log();
    assertThat(log).doesNotContain(FIRST_SECRET).doesNotContain(SECOND_SECRET);
  }

  @Before
  public void makeATable() throws SQLException {
    table = test.getMethodName().toLowerCase(java.util.Locale.ROOT).replaceAll("_.*", "");
    SERVER.execute(
        "create table %s (n bigint, half int, primary key (n, half))".formatted(table),
        "grant all on %s to counter".formatted(table));
    bystandersLife = host.lives().get(BYSTANDER);
  }

  @After
  public void nobodyElseWasDisturbed() throws SQLException {
    if (host.worker("counter").isPresent()) {
      host.exec("bgw:terminate --wait counter").ok();
    }
    assertThat(host.lives().get(BYSTANDER)).isEqualTo(bystandersLife);
    nothingIsLostOrDoubled();
  }

  @Test
  public void workerOfAKilledServerIsParkedAndBackWithIt() throws IOException {
    count("counter", "pg " + table, "100ms,limit=2/1h");
    for (int kill = 1; kill <= 4; kill++) { // more than its limit allows, and none counts
      long committed = awaitMore("counter");
      SERVER.kill();
      JsonNode parked = host.awaitState("counter", "parked");
      assertThat(parked.path("reason").asText()).startsWith("DATABASE_DOWN").contains("pg");
      assertThat(host.exec("bgw:explain counter").ok().out()).contains("pg");
      SERVER.start();
      host.awaitState("counter", "running");
      assertThat(awaitMore("counter")).isGreaterThan(committed);
    }
  }

  @Test
  public void terminatedBackendIsAFailureForTheRestartPolicy_X7() throws SQLException {
    count("counter", "pg " + table, "300ms");
    long committed = awaitMore("counter");
    assertThat(
            SERVER.query(
                "postgres",
                "select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'counter'"))
        .containsExactly("t");
    Await.until("next life", () -> lives("counter") == 2);
    host.awaitState("counter", "running");
    assertThat(awaitMore("counter")).isGreaterThan(committed);
    JsonNode row = host.worker("counter").orElseThrow();
    assertThat(row.path("lastExit").path("status").asInt()).isEqualTo(1);
    assertThat(host.events("counter")).contains("exited", "backoff").doesNotContain("parked");
  }

  @Test
  public void workerWithAChangedPasswordFailsUntilTheFileHasTheNewOne_D4()
      throws SQLException, IOException {
    count("counter", "secret " + table, "200ms");
    long committed = awaitMore("counter");
    SERVER.execute("alter role counter password '" + SECOND_SECRET + "'");
    SERVER.query(
        "postgres",
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'counter'");
    Await.until("refusals", () -> lives("counter") > 3);
    JsonNode refused = host.worker("counter").orElseThrow().path("lastExit");
    assertThat(refused.path("status").asInt()).isEqualTo(1);
    assertThat(refused.path("cause").asText())
        .contains("secret")
        .contains("counter")
        .contains("password")
        .doesNotContain("geheimnis");
    Files.writeString(passwordFile, SECOND_SECRET + "\n");
    assertThat(awaitMore("counter")).isGreaterThan(committed);
  }

  @Test
  public void workerThatGetsNoConnectionTriesAgain_D4() throws SQLException {
    List<Connection> all = new ArrayList<>();
    try {
      takeAll(all);
      count("counter", "pg " + table, "200ms");
      Await.until("refusals", () -> lives("counter") > 2);
      assertThat(host.worker("counter").orElseThrow().path("lastExit").path("cause").asText())
          .contains("pg")
          .contains("too many clients");
    } finally {
      for (Connection connection : all) {
        connection.close();
      }
    }
    assertThat(awaitMore("counter")).isPositive();
    assertThat(host.events("counter")).doesNotContain("parked");
  }

  /** Takes every connection there is, that of a session too which has ended and is not gone yet. */
  private static void takeAll(List<Connection> all) throws SQLException {
    int most = Integer.parseInt(SERVER.query("postgres", "show max_connections").get(0));
    Await.until(
        "server that only these connections fill",
        () -> {
          try {
            all.add(SERVER.connect("postgres"));
          } catch (SQLException full) {
            assertThat(full.getSQLState()).isEqualTo("53300");
          }
          return all.size() == most;
        });
  }

  @Test
  public void workerWhoseLineWasCutWithoutAResetIsBackOverANewOne() {
    count("counter", "far " + table, "200ms");
    long committed = awaitMore("counter");
    line.cut();
    Await.until("next life", () -> lives("counter") >= 2);
    assertThat(awaitMore("counter")).isGreaterThan(committed);
  }

  @Test
  public void workerWhoseLineWasCutWithinATransactionDoesNotWaitForItself() throws SQLException {
    count("counter", "far " + table, "200ms");
    long committed = awaitMore("counter");
    try (Connection other = SERVER.connect("postgres");
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      // The second row of a transaction to come: with the first one written, it waits for this.
      statement.execute(
          "insert into %s (n, half) select max(n) + 200, 2 from %s".formatted(table, table));
      Await.until("a transaction that waits", () -> waitsForALock("counter"));
      line.cut();
      other.rollback();
    }
    Await.until("next life", () -> lives("counter") >= 2);
    assertThat(awaitMore("counter")).isGreaterThan(committed);
  }

  private static boolean waitsForALock(String application) {
    try {
      return SERVER
          .query(
              "postgres",
              "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                  + " and application_name = '"
                  + application
                  + "'")
          .contains("1");
    } catch (SQLException e) {
      throw new AssertionError("the server cannot be asked", e);
    }
  }

  private static void count(String name, String argument, String restart) {
    host.exec(
            "bgw:register --name %s --flag SHMEM_ACCESS --flag DATABASE_CONNECTION --restart %s --arg"
                    .formatted(name, restart)
                + " '%s' %s count".formatted(argument, LIBRARY))
        .ok();
  }

  private static int lives(String worker) {
    return host.worker(worker).orElseThrow().path("incarnation").asInt();
  }

  private static long committed(String worker) {
    String text = host.worker(worker).orElseThrow().path("statusText").asText("");
    return text.startsWith("committed ") ? Long.parseLong(text.substring(10)) : 0;
  }

  /** Waits until the worker has gone on by some transactions, and says how far it is. */
  private static long awaitMore(String worker) {
    long before = committed(worker);
    long[] now = new long[1];
    Await.until(
        "more of " + worker,
        () -> {
          now[0] = committed(worker);
          return now[0] > before + 3;
        });
    return now[0];
  }

  private void nothingIsLostOrDoubled() throws SQLException {
    List<String> counts =
        SERVER.query(
            "postgres",
            "select concat_ws(' ', count(*), count(distinct n), max(n), count(distinct half))"
                + " from "
                + table);
    String[] numbers = counts.get(0).split(" ");
    assertThat(numbers[1]).as("no gap").isEqualTo(numbers[2]);
    assertThat(Long.parseLong(numbers[0])).isEqualTo(2 * Long.parseLong(numbers[1]));
  }
}
