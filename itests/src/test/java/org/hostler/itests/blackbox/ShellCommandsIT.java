// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Every row of the table of shell commands, typed once, and typed wrongly once. */
public class ShellCommandsIT {
  private static final List<String> COMMANDS =
      List.of(
          "list",
          "info",
          "register",
          "terminate",
          "restart",
          "signal",
          "wait",
          "history",
          "events",
          "explain",
          "functions",
          "preload",
          "settings",
          "set",
          "reset",
          "reload",
          "log",
          "status",
          "databases",
          "sql",
          "create-database",
          "drop-database");

  /** Commands of parts of Hostler that this distribution does not have yet. */
  private static final List<String> LATER = List.of("shmem", "leaks");

  private static final List<String> STATES =
      List.of(
          "requested",
          "pending",
          "starting",
          "running",
          "ready",
          "backoff",
          "stopping",
          "abandoned",
          "parked");

  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance host;

  private final List<Process> followers = new ArrayList<>();

  @BeforeClass
  public static void start() throws IOException {
    host = INSTANCES.init("main");
    host.configure("shared_preload_libraries = 'org.hostler.sample.heartbeat'");
    host.start();
    host.crasher("steady", "wait", "--type busy", "--restart 10s");
    host.crasher("failing", "throw", "--type busy", "--restart 1h");
    host.awaitState("steady", "running");
    host.awaitState("failing", "backoff");
    Await.until("line of the log", () -> host.log().contains("\"failing\""));
  }

  @Test
  public void everyCommandHasHelp() {
    for (String command : COMMANDS) {
      Outcome help = host.exec("bgw:" + command + " --help").ok();
      assertThat(help.out()).as(command).contains("bgw:" + command);
      assertThat(help.err()).isEmpty();
    }
  }

  @Test
  public void wrongUsageIsRefusedWithTheRightFormAndExitCodeTwo() {
    for (String command : COMMANDS) {
      host.exec("bgw:" + command + " --no-such-option").refused(2, "bgw:" + command);
    }
    host.exec("bgw:info").refused(2, "bgw:info");
    host.exec("bgw:info a b").refused(2, "bgw:info");
    host.exec("bgw:signal steady kill").refused(2, "term", "hup");
    host.exec("bgw:wait steady --for never").refused(2, "unregistered");
    host.exec("bgw:register onlylibrary").refused(2, "FUNCTION");
    host.exec("bgw:register --restart soon hostler sleep").refused(2, "soon");
    host.exec("bgw:register --flag MAGIC hostler sleep").refused(2, "MAGIC");
    host.exec("bgw:list --state happy").refused(2, "happy");
  }

  @Test
  public void commandsOfLaterPartsAreRefusedInWords() {
    for (String command : LATER) {
      Outcome refused = host.exec("bgw:" + command);
      assertThat(refused.exit()).as(command).isIn(1, 2);
      assertThat(refused.err()).as(command).isNotBlank();
    }
  }

  @Test
  public void listShowsAllWorkersByTypeThenNameAndTheReasonOfThoseThatDoNotRun_V1_V2() {
    List<String> names = new ArrayList<>();
    for (JsonNode row : host.json("bgw:list --json")) {
      names.add(row.path("name").asText());
      assertThat(row.path("state").asText()).isIn(STATES);
    }
    assertThat(names).containsSubsequence("failing", "steady", "heartbeat");
    String table = host.exec("bgw:list").ok().out();
    assertThat(table).contains("steady", "busy", "running", "failing", "backoff");
    assertThat(names(host.json("bgw:list --json --type busy"))).contains("failing", "steady");
    assertThat(names(host.json("bgw:list --json --state backoff"))).containsExactly("failing");
    assertThat(names(host.json("bgw:list --json --library org.hostler.sample.heartbeat")))
        .containsExactly("heartbeat");
  }

  @Test
  public void listByTypeHasOneRowAType_V1() {
    String table = host.exec("bgw:list --by type").ok().out();
    assertThat(table).contains("busy").contains("heartbeat").doesNotContain("steady");
    assertThat(host.json("bgw:list --by type --json").size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  public void infoShowsEverythingAndTheLastCause_H3_V7() {
    String info = host.exec("bgw:info failing").ok().out();
    assertThat(info).contains("backoff").contains("IllegalStateException").contains("\tat ");
    JsonNode row = host.json("bgw:info --json failing");
    for (String key :
        List.of(
            "id",
            "slot",
            "generation",
            "incarnation",
            "name",
            "type",
            "library",
            "libraryVersion",
            "function",
            "static",
            "isolation",
            "state",
            "reason",
            "pid",
            "threadId",
            "start",
            "restart",
            "notify",
            "flags",
            "restarts",
            "registeredAt",
            "startedAt",
            "readyAt",
            "nextStartAt",
            "lastExit",
            "statusText",
            "database",
            "segments")) {
      assertThat(row.has(key)).as(key).isTrue();
    }
    assertThat(row.path("lastExit").path("status").asInt()).isEqualTo(1);
    assertThat(row.path("lastExit").path("signal").isNull()).isTrue();
    assertThat(row.path("nextStartAt").asText()).matches("\\d{4}-.*\\.\\d{3}Z");
  }

  @Test
  public void optionsStandBeforeAndAfterTheOperandsAndTwoDashesEndThem() {
    String id = host.json("bgw:register hostler sleep --json --name trailing").path("id").asText();
    host.exec("bgw:terminate %s --wait --timeout 50s".formatted(id)).ok();
    String dashed = host.json("bgw:register --json --name=d -- hostler sleep").path("id").asText();
    host.exec("bgw:terminate --wait -- " + dashed).ok();
  }

  @Test
  public void registerPrintsTheIdAndTerminateWithWaitReturnsWhenItIsGone_H12_T6() {
    String id = host.exec("bgw:register --name reg hostler sleep").ok().out().strip();
    assertThat(id).matches("\\d+:\\d+");
    host.exec("bgw:terminate " + id).ok();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
    assertThat(host.events(id)).filteredOn("terminating"::equals).hasSizeLessThanOrEqualTo(1);
    host.exec("bgw:info " + id).refused(1, "reg");
  }

  @Test
  public void registerRefusesWhatNoBundleOffersYet() {
    host.exec("bgw:register --isolation process hostler sleep").refused(1, "process");
  }

  @Test
  public void signalReachesTheWorker_V6() {
    host.exec("bgw:signal steady usr1").ok();
    host.exec("bgw:signal steady hup").ok();
    String id = host.crasher("cancelled", "wait").path("id").asText();
    host.awaitState("cancelled", "running");
    host.exec("bgw:signal cancelled int").ok();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
    assertThat(host.exec("bgw:history " + id).ok().out()).contains("exited");
  }

  @Test
  public void historySurvivesItsWorkerAndIsLimited() {
    String id = host.json("bgw:register --json hostler noop").path("id").asText();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
    JsonNode events = host.json("bgw:history --json " + id);
    assertThat(host.events(id)).containsSubsequence("registered", "started", "exited");
    long last = 0;
    for (JsonNode event : events) {
      assertThat(event.path("seq").asLong()).isGreaterThan(last);
      last = event.path("seq").asLong();
      for (String key : List.of("at", "id", "incarnation", "name", "type", "status", "signal")) {
        assertThat(event.has(key)).as(key).isTrue();
      }
    }
    assertThat(host.json("bgw:history --json --limit 2").size()).isEqualTo(2);
  }

  @Test
  public void explainSaysWhyAndWhatNext() {
    Outcome backoff = host.exec("bgw:explain failing").ok();
    assertThat(backoff.out()).contains("failing").contains("1h");
    assertThat(host.exec("bgw:explain steady").ok().out()).contains("steady");
    assertThat(host.json("bgw:explain --json failing").isObject()).isTrue();
  }

  @Test
  public void functionsListsWhatCouldBeNamedLoadedOrNot() {
    JsonNode rows = host.json("bgw:functions --json");
    assertThat(rows.isArray()).isTrue();
    assertThat(rows.toString())
        .contains("\"hostler\"", "noop", "sleep", "heartbeat", Instance.CRASHER, "crash");
    assertThat(host.exec("bgw:functions hostler").ok().out()).contains("noop").contains("sleep");
  }

  @Test
  public void preloadShowsTheList() {
    assertThat(host.exec("bgw:preload").ok().out()).contains("org.hostler.sample.heartbeat", "50");
    assertThat(host.json("bgw:preload --json").size()).isEqualTo(1);
  }

  @Test
  public void settingsAreShownSetAndReset() {
    JsonNode rows = host.json("bgw:settings --json");
    assertThat(rows.isArray()).isTrue();
    assertThat(rows.size()).isGreaterThan(15);
    assertThat(host.exec("bgw:settings heartbeat.interval").ok().out()).contains("10s");
    host.exec("bgw:set heartbeat.interval 11s").ok();
    host.exec("bgw:reset heartbeat.interval").ok();
    host.exec("bgw:reload").ok();
    host.exec("bgw:settings no.such.setting").refused(1, "no.such.setting");
  }

  @Test
  public void logShowsTheLastLinesAndThoseOfOneWorkerOnly_X16_V5() {
    assertThat(host.exec("bgw:log --lines 5").ok().out().lines().count()).isBetween(1L, 5L);
    String lines = host.exec("bgw:log failing").ok().out();
    assertThat(lines).contains("\"failing\"").contains("busy").doesNotContain("heartbeat");
  }

  @Test
  public void eventsAndLogAreFollowedUntilTheClientGoes() throws IOException {
    Path events = follow("bgw:events --follow --json");
    Path log = follow("bgw:log --follow failing");
    String name = "followed";
    Await.until(
        "an event",
        () -> {
          host.exec("bgw:register --name %s --wait unregistered hostler noop".formatted(name)).ok();
          return read(events).contains("\"followed\"");
        });
    String whole = read(events).replaceFirst("[^\n]+\\z", ""); // the last line may be half written
    for (String line : whole.lines().toList()) {
      assertThat(line).startsWith("{\"seq\":").endsWith("}");
    }
    String life = host.lives().get("failing");
    host.exec("bgw:restart failing").ok();
    Await.until("a line of the log", () -> read(log).contains("\"failing\""));
    followers.forEach(Process::destroyForcibly);
    Await.until("next life", () -> !host.lives().get("failing").equals(life));
    host.awaitState("failing", "backoff"); // as the other tests expect it
  }

  private Path follow(String line) throws IOException {
    Path out = Files.createTempFile(INSTANCES.directory(), "follow", ".out");
    followers.add(
        Commands.prepare(List.of("--base", host.base().toString(), "exec", line))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start());
    return out;
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @After
  public void endFollowers() {
    followers.forEach(Process::destroyForcibly);
  }

  @Test
  public void statusIsThatOfTheCommandLine() {
    JsonNode inside = host.json("bgw:status --json");
    JsonNode outside = host.hostler("status", "--json").ok().json();
    assertThat(inside.path("pid")).isEqualTo(outside.path("pid"));
    assertThat(inside.path("state").asText()).isEqualTo("run");
    assertThat(host.exec("bgw:status").ok().out()).contains("run");
  }

  @Test
  public void felixsOwnCommandsWorkBesideThem() {
    assertThat(host.exec("lb").ok().out()).contains("Active");
    host.exec("no_such_command").refused(2, "no_such_command");
  }

  private static List<String> names(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.path("name").asText())
        .toList();
  }
}
