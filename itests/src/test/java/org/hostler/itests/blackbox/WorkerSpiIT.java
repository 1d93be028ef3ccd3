// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hostler.itests.postgres.PostgresServer;
import org.junit.Rule;
import org.junit.Test;

/** The sample worker_spi, as somebody tries it out: on the embedded database and on PostgreSQL. */
public class WorkerSpiIT {
  private static final String LIBRARY = "org.hostler.sample.worker-spi";
  private static final String FIRST = "worker_spi worker 1";
  private static final String SECOND = "worker_spi worker 2";

  @Rule public final Instances instances = new Instances();

  private Instance preloading(String... lines) throws IOException {
    Instance host = instances.init("main");
    host.configure("shared_preload_libraries = '" + LIBRARY + "'");
    host.configure(lines);
    return host;
  }

  private static void insert(Instance host, String table, String rows) {
    host.exec("bgw:sql main \"insert into %s.counted values %s\"".formatted(table, rows)).ok();
  }

  private static void awaitTotal(Instance host, String schema, int total) {
    Await.until(
        "total " + total + " in " + schema,
        () ->
            host.json("bgw:sql --json main \"select * from %s.counted\"".formatted(schema))
                .path("rows")
                .toString()
                .equals("[[\"total\",\"%d\"]]".formatted(total)));
  }

  private static void awaitLog(Instance host, String words) {
    Await.until("log line with " + words, () -> host.log().contains(words));
  }

  private static void awaitReady(Instance host, String... names) {
    for (String name : names) {
      host.awaitState(name, "ready");
    }
  }

  @Test
  public void deltasGrowTheTotalOnTheEmbeddedDatabase_G13_D9() throws IOException {
    Instance host = preloading("worker_spi.naptime = 50ms");
    host.start();
    showsWhatItIsFor(host);
    host.stop().ok();
    host.start();
    awaitReady(host, FIRST);
    awaitTotal(host, "schema1", 12);
  }

  @Test
  public void deltasGrowTheTotalOnPostgresWithoutTouchingTheSample_G13_D9() throws Exception {
    try (PostgresServer postgres = PostgresServer.named("worker-spi").start()) {
      Instance host =
          preloading(
              "worker_spi.naptime = 50ms",
              "database.main.url = '" + postgres.url("postgres") + "'",
              "database.main.user = '" + PostgresServer.USER + "'");
      host.start();
      showsWhatItIsFor(host);
      assertThat(
              postgres.query(
                  "postgres", "select \"value\" from schema1.counted order by \"value\""))
          .containsExactly("12");
      postgres.execute(
          "insert into schema1.counted select 'delta', 1 from generate_series(1, 500)");
      awaitTotal(host, "schema1", 512);
    }
  }

  @Test
  public void workersOfOneTableLoseAndDoubleNothingOnPostgres() throws Exception {
    try (PostgresServer postgres = PostgresServer.named("worker-spi-race").start()) {
      Instance host =
          preloading(
              "worker_spi.naptime = 1ms",
              "database.main.url = '" + postgres.url("postgres") + "'",
              "database.main.user = '" + PostgresServer.USER + "'");
      host.start();
      awaitReady(host, FIRST);
      for (String twin : List.of("second", "third")) {
        host.exec(
                "bgw:register --name %s --flag DATABASE_CONNECTION --arg 1 %s worker_spi_main"
                    .formatted(twin, LIBRARY))
            .ok();
        host.awaitState(twin, "ready");
      }
      try (Connection user = postgres.connect("postgres");
          Statement statement = user.createStatement()) {
        for (int i = 0; i < 2_000; i++) {
          statement.executeUpdate("insert into schema1.counted values ('delta', 1), ('delta', 2)");
        }
      }
      awaitTotal(host, "schema1", 6_000);
      awaitReady(host, FIRST, "second", "third");
      assertThat(postgres.log()).contains("could not serialize access");
    }
  }

  private static void showsWhatItIsFor(Instance host) {
    awaitReady(host, FIRST, SECOND);
    JsonNode worker = host.worker(FIRST).orElseThrow();
    assertThat(worker.path("restart").asText()).isEqualTo("never");
    assertThat(worker.path("type").asText()).isEqualTo("worker_spi");
    assertThat(worker.path("start").asText()).isEqualTo("recovery_finished");
    assertThat(worker.path("database").path("name").asText()).isEqualTo("main");
    insert(host, "schema1", "('total', 0), ('delta', 1), ('delta', 2)");
    insert(host, "schema2", "('delta', 40)");
    awaitTotal(host, "schema1", 3);
    awaitTotal(host, "schema2", 40);
    insert(host, "schema1", "('delta', 9)");
    awaitTotal(host, "schema1", 12);
    awaitLog(host, FIRST + ": count in schema1.counted is now 12"); // said after the commit
    host.exec("bgw:sql main \"insert into schema1.counted values ('total', 1)\"").exits(1);
    host.exec("bgw:sql main \"insert into schema1.counted values ('other', 1)\"").exits(1);
  }

  @Test
  public void newNaptimeHoldsAtOnceAfterAReload_L3_G13() throws IOException {
    Instance host = preloading("worker_spi.naptime = 1h");
    host.start();
    awaitReady(host, FIRST);
    insert(host, "schema1", "('delta', 5)");
    host.configure("worker_spi.naptime = 50ms");
    host.hostler("reload").ok();
    awaitTotal(host, "schema1", 5);
    insert(host, "schema1", "('delta', 6)");
    awaitTotal(host, "schema1", 11);
    assertThat(host.lives().get(FIRST)).endsWith(":1");
  }

  @Test
  public void thereAreTwoWorkersUnlessTheSettingSaysOtherwiseAtTheStart_G13_G9()
      throws IOException {
    Instance host = preloading();
    host.start();
    awaitReady(host, FIRST, SECOND);
    assertThat(host.workers()).containsOnlyKeys(FIRST, SECOND);
    assertThat(setting(host, "worker_spi.naptime").path("value").asText()).isEqualTo("10s");
    assertThat(setting(host, "worker_spi.total_workers").path("value").asText()).isEqualTo("2");
    host.configure("worker_spi.total_workers = 4");
    host.hostler("reload").ok();
    assertThat(setting(host, "worker_spi.total_workers").path("value").asText()).isEqualTo("2");
    host.hostler("restart").ok();
    awaitReady(host, FIRST, SECOND, "worker_spi worker 3", "worker_spi worker 4");
    host.stop().ok();
    host.configure("worker_spi.total_workers = 101");
    host.start();
    awaitReady(host, FIRST, SECOND);
    assertThat(host.workers()).containsOnlyKeys(FIRST, SECOND);
    assertThat(host.log()).contains("\"worker_spi.total_workers\": 101 is outside its range");
  }

  private static JsonNode setting(Instance host, String name) {
    return host.json("bgw:settings --json " + name).get(0);
  }

  @Test
  public void workerThatFailsIsNotRestarted_G13_X3_D4() throws IOException {
    Instance host = preloading("worker_spi.role = 'nobody_of_that_name'");
    host.configure("role.nobody_of_that_name.login = off");
    host.start();
    Await.until("end of both", () -> host.workers().isEmpty());
    awaitLog(host, "nobody_of_that_name");
  }

  @Test
  public void launchSaysWhichWorkerItHasLaunched_G13() throws IOException {
    Instance host = preloading("worker_spi.naptime = 50ms");
    host.start();
    host.exec("bgw:register --arg 7 --wait exited %s worker_spi_launch".formatted(LIBRARY)).ok();
    JsonNode launched = host.awaitState("worker_spi dynamic worker 7", "ready");
    assertThat(host.log())
        .contains("launched worker_spi dynamic worker 7 " + launched.path("id").asText());
    assertThat(launched.path("type").asText()).isEqualTo("worker_spi dynamic");
    insert(host, "schema7", "('delta', 70)");
    awaitTotal(host, "schema7", 70);
    host.exec("bgw:terminate --wait 'worker_spi dynamic worker 7'").ok();
    assertThat(host.worker("worker_spi dynamic worker 7")).isEmpty();
  }

  @Test
  public void launchAnswersNothingWithoutASlot_G13() throws IOException {
    Instance host = preloading("max_worker_processes = 3");
    host.start();
    awaitReady(host, FIRST, SECOND);
    host.exec("bgw:register --arg 7 --wait exited %s worker_spi_launch".formatted(LIBRARY)).ok();
    awaitLog(host, "nothing launched: ");
    assertThat(exit(host, "worker_spi_launch").path("status").asInt()).isZero();
  }

  private static JsonNode exit(Instance host, String worker) {
    JsonNode events = host.json("bgw:history --json --limit 1000");
    List<JsonNode> exits =
        StreamSupport.stream(events.spliterator(), false)
            .filter(event -> event.path("name").asText().equals(worker))
            .filter(event -> event.path("event").asText().equals("exited"))
            .toList();
    assertThat(exits).as(worker).hasSize(1);
    return exits.get(0);
  }

  @Test
  public void bundleThatWasNotPreloadedHasNoStaticWorkersButLaunches_G7_G9_R12()
      throws IOException {
    Instance host = instances.init("main");
    host.configure("worker_spi.naptime = 50ms", "worker_spi.total_workers = 5");
    host.start();
    host.drop(LIBRARY);
    awaitLog(host, "without static workers: ");
    assertThat(host.workers()).isEmpty();
    host.exec("bgw:register --arg 3 %s worker_spi_launch".formatted(LIBRARY)).ok();
    awaitReady(host, "worker_spi dynamic worker 3");
    insert(host, "schema3", "('delta', 4)");
    awaitTotal(host, "schema3", 4);
  }

  @Test
  public void badArgumentEndsTheWorkerWithOneAndSaysWhat() throws IOException {
    Instance host = preloading();
    host.start();
    host.exec(
        "bgw:register --name odd --arg main --wait exited %s worker_spi_launch".formatted(LIBRARY));
    awaitLog(host, "argument \"main\": expected the number of a schema");
    assertThat(exit(host, "odd").path("status").asInt()).isOne();
  }
}
