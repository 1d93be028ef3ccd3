// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hostler.itests.bundles.LateListener;
import org.hostler.itests.bundles.ReadingWorker;
import org.hostler.itests.bundles.StaticActivator;
import org.hostler.itests.bundles.TestBundle;
import org.hostler.itests.postgres.PostgresServer;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/**
 * The default database decides which workers are started: a PostgreSQL that is not there, that
 * recovers, a streaming standby, and a primary; and it comes and goes without ending the host.
 */
public class DatabasePhasesIT {
  private static final String LIBRARY = "org.acme.read";
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  @ClassRule public static final PostgresServer PRIMARY = PostgresServer.named("phases");

  @Rule public final Instances instances = new Instances();

  private Instance host;

  private void start(PostgresServer server, String... more) throws IOException {
    host = instances.init("main");
    TestBundle.named(LIBRARY).with(ReadingWorker.class).buildIn(host.extensions());
    host.configure(
        "database.main.url = '" + server.url("postgres") + "'",
        "database.main.user = postgres",
        "database.main.connect_timeout = 20s");
    host.configure(more);
    host.start();
  }

  private String state() {
    return host.hostler("status", "--json").ok().json().path("state").asText();
  }

  private void awaitState(String state) {
    Await.until("state " + state, () -> state().equals(state));
  }

  private void waiting(String startTime) {
    host.crasher(startTime, "wait", "--start " + startTime);
  }

  private void reading(String name, String argument, String... options) {
    host.exec(
            "bgw:register --name %s --flag SHMEM_ACCESS --flag DATABASE_CONNECTION %s --arg '%s' %s read"
                .formatted(name, String.join(" ", options), argument, LIBRARY))
        .ok();
  }

  private void waitsForItsPhase(String name, String state) {
    JsonNode row = host.worker(name).orElseThrow();
    assertThat(row.path("state").asText()).isEqualTo("pending");
    assertThat(row.path("reason").asText()).startsWith("PHASE").endsWith(state);
  }

  private void awaitReading(String name) {
    long before = read(name);
    Await.until("reading of " + name, () -> read(name) > before + 2);
  }

  private long read(String name) {
    String text = host.worker(name).orElseThrow().path("statusText").asText("");
    return text.startsWith("read ") ? Long.parseLong(text.substring(5, text.indexOf(':'))) : 0;
  }

  @Test
  public void hostIsReadyWhileItsDatabaseIsDownAndWorkersStartWhenItComes_S1_S2_S3()
      throws Exception {
    PRIMARY.stop();
    host = instances.init("main");
    TestBundle.named("org.acme.static").activator(StaticActivator.class).buildIn(host.extensions());
    TestBundle.named(LIBRARY).with(ReadingWorker.class).buildIn(host.extensions());
    host.configure(
        "shared_preload_libraries = 'org.acme.static'",
        "database.main.url = '" + PRIMARY.url("postgres") + "'",
        "database.main.user = postgres");
    assertThat(host.start().out()).contains("0 workers running");
    assertThat(state()).isEqualTo("startup");
    assertThat(host.hostler("status", "--ready").exit()).isEqualTo(1);
    List.of("host_start", "consistent_state", "recovery_finished").forEach(this::waiting);
    host.awaitState("host_start", "running");
    for (String late : List.of("by-activator", "consistent_state", "recovery_finished")) {
      waitsForItsPhase(late, "startup");
    }
    assertThat(host.exec("bgw:explain recovery_finished").ok().out())
        .containsPattern("note +database \"main\": .*refused");
    PRIMARY.start();
    awaitState("run");
    for (String late : List.of("by-activator", "consistent_state", "recovery_finished")) {
      host.awaitState(late, "running");
    }
    Map<String, String> lives = host.lives();
    PRIMARY.stop();
    awaitState("startup");
    assertThat(host.lives()).isEqualTo(lives); // nobody is stopped
    PRIMARY.start();
    awaitState("run");
    assertThat(host.lives()).isEqualTo(lives);
    host.stop().ok();
    assertThat(host.start().out()).contains("1 workers running").doesNotContain("state");
    host.stop().ok();
  }

  @Test
  public void standbyStartsReadersAndItsPromotionTheOthers_S1_S3_T8() throws Exception {
    try (PostgresServer standby = PRIMARY.standby("phases-standby")) {
      standby.configure("hot_standby = off");
      standby.launch();
      start(standby);
      awaitState("recovery"); // it answers 57P03
      waiting("host_start");
      host.awaitState("host_start", "running");
      reading("reader", "main quietly", "--start consistent_state");
      reading("writer", "main");
      waitsForItsPhase("reader", "recovery");
      waitsForItsPhase("writer", "recovery");
      standby.kill();
      awaitState("startup");
      standby.configure("hot_standby = on");
      standby.start();
      awaitState("hot_standby");
      host.hostler("status", "--ready").ok();
      host.awaitState("reader", "running");
      awaitReading("reader");
      waitsForItsPhase("writer", "hot_standby");
      Map<String, String> lives = host.lives();
      standby.promote();
      awaitState("run");
      host.awaitState("writer", "running");
      awaitReading("writer");
      assertThat(host.lives())
          .containsEntry("reader", lives.get("reader"))
          .containsEntry("host_start", lives.get("host_start"));
    }
  }

  @Test
  public void databaseThatComesAndGoesCostsNoRestartAndAllAreBackAtOnce_S1_S2_X3()
      throws Exception {
    start(PRIMARY);
    awaitState("run");
    List<String> all = List.of("r1", "r2", "r3", "r4", "r5");
    for (String name : all) {
      reading(name, "main", "--restart 1h,limit=1/1h");
      host.awaitState(name, "running");
    }
    reading("once", "main", "--restart never");
    host.awaitState("once", "running");
    for (int time = 1; time <= 3; time++) {
      all.forEach(this::awaitReading);
      if (time == 2) {
        PRIMARY.stopImmediately();
      } else {
        PRIMARY.stop();
      }
      for (String name : all) {
        assertThat(host.awaitState(name, "parked").path("reason").asText())
            .startsWith("DATABASE_DOWN: ");
      }
      awaitState("startup");
      Await.until("end of the other", () -> host.worker("once").isEmpty()); // failed is failed (X3)
      PRIMARY.start();
      Await.until(
          AT_ONCE,
          "all are back",
          () -> all.stream().allMatch(name -> host.awaitState(name, "running") != null));
    }
    assertThat(host.events("r1")).doesNotContain("backoff");
    all.forEach(this::awaitReading); // who reads has begun to listen
    PRIMARY.execute("select pg_notify('words', 'hello')"); // they listen again, and still
    for (String name : all) {
      Await.until(
          "word to " + name,
          () -> host.worker(name).orElseThrow().path("statusText").asText().endsWith(": hello"));
    }
    host.stop().ok();
  }

  /** A stop ends one session after the other; the host's own may be the last of them. */
  @Test
  public void workerWhoseSessionIsEndedFirstByAServerThatStopsIsParked_S1_X3() throws Exception {
    start(PRIMARY);
    awaitState("run");
    reading("first", "main", "--restart 1h,limit=1/1h");
    awaitReading("first");
    try (Connection last = PRIMARY.connect("postgres");
        Statement statement = last.createStatement()) {
      PRIMARY.closeEntrance();
      assertThat(state()).as("the host's own session goes on").isEqualTo("run");
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where application_name = 'first'");
      assertThat(host.awaitState("first", "parked").path("reason").asText())
          .startsWith("DATABASE_DOWN: ");
      PRIMARY.stop(); // while somebody is connected, or it ends by itself
    } finally {
      PRIMARY.startAgain();
    }
    awaitReading("first");
    assertThat(host.events("first")).doesNotContain("backoff");
    host.stop().ok();
  }

  @Test
  public void workerThatCannotListenBecauseItsServerStopsIsParked_N8_X3() throws Exception {
    start(PRIMARY);
    awaitState("run");
    TestBundle.named("org.acme.late").with(LateListener.class).buildIn(host.extensions());
    Path go = host.base().resolve("go");
    host.exec(
            "bgw:register --name late --flag SHMEM_ACCESS --flag DATABASE_CONNECTION"
                + " --restart 1h,limit=1/1h --arg 'main %s' org.acme.late listen".formatted(go))
        .ok();
    host.awaitStatusText("late", "connected"::equals);
    try (Connection last = PRIMARY.connect("postgres")) {
      PRIMARY.closeEntrance();
      Files.createFile(go); // its session goes on, only another one that hears cannot be had
      assertThat(host.awaitState("late", "parked").path("reason").asText())
          .startsWith("DATABASE_DOWN: ");
      assertThat(last.isValid(60)).isTrue();
      PRIMARY.stop();
    } finally {
      PRIMARY.startAgain();
    }
    host.awaitState("late", "ready");
    assertThat(host.events("late")).doesNotContain("backoff");
    host.stop().ok();
  }
}
