// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A host is made, started, asked, and stopped. */
public class StartStopIT {
  @Rule public final Instances instances = new Instances();

  private Instance instance;

  @Before
  public void makeAnInstance() throws IOException {
    instance = instances.init("main");
    instance.configure("shared_preload_libraries = 'org.hostler.sample.heartbeat'");
  }

  @Test
  public void initMakesTheDirectoriesTheCommentedSettingsAndSaysWhatToTypeNext()
      throws IOException {
    Outcome outcome = Commands.hostler("init", instances.directory().resolve("new").toString());
    assertThat(outcome.ok().out()).contains("start").contains("audited");
    for (String directory : List.of("conf", "extensions", "deploy", "data", "run", "log")) {
      assertThat(instances.directory().resolve("new").resolve(directory)).isDirectory();
    }
    String conf = Files.readString(instances.directory().resolve("new/conf/hostler.conf"));
    assertThat(conf)
        .contains("audited")
        .contains("#max_worker_processes = 256")
        .contains("#worker_stop_timeout = 10s");
    assertThat(conf.lines().filter(line -> !line.isBlank() && !line.startsWith("#"))).isEmpty();
  }

  @Test
  public void commandsThatInitPrintsWorkAsTheyStand() throws IOException, InterruptedException {
    Instance made = instances.adopt(instances.directory().resolve("made"));
    String printed = Commands.hostler("init", made.base().toString()).ok().out();
    List<String> commands =
        printed.lines().map(String::strip).filter(line -> line.contains("bin/hostler ")).toList();
    assertThat(commands).hasSize(2);
    for (String command : commands) {
      assertThat(Commands.shell(command).exit()).as(command).isZero();
    }
  }

  @Test
  public void whatIsSaidOfTheHeapOrTheCompilersReplacesWhatTheScriptSays() {
    instance.start().ok();
    assertThat(commandLine())
        .contains(
            Runtime.version().feature() < 21
                ? "-Xms40m -XX:G1HeapRegionSize=1m"
                : "-Xms24m -XX:G1HeapRegionSize=2m",
            "-XX:Tier4InvocationThreshold=20000");
    instance.stop().ok();
    Commands.hostlerWith(
            "JAVA_OPTS",
            "-Xmx64m -XX:Tier4BackEdgeThreshold=30000",
            "--base",
            instance.base().toString(),
            "start")
        .ok();
    assertThat(commandLine())
        .contains("-Xmx64m", "-XX:Tier4BackEdgeThreshold=30000")
        .doesNotContain("-Xms", "-XX:G1HeapRegionSize", "-XX:Tier4InvocationThreshold");
    instance.stop().ok();
  }

  private String commandLine() {
    return instance.host().info().commandLine().orElseThrow();
  }

  @Test
  public void startReturnsWhenReadyAndStopEndsTheHost_O12() {
    assertThat(instance.start().out()).containsPattern("ready in \\d+ ms: 1 workers? running");
    ProcessHandle host = instance.host();
    assertThat(instance.hostler("status").ok().out()).contains("run");
    instance.hostler("status", "--ready").ok();

    JsonNode status = instance.hostler("status", "--json").ok().json();
    assertThat(status.path("state").asText()).isEqualTo("run");
    assertThat(status.path("pid").asLong()).isEqualTo(host.pid());
    assertThat(status.path("base").asText()).isEqualTo(instance.base().toString());
    assertThat(status.path("slots").path("used").asInt()).isEqualTo(1);
    assertThat(status.path("slots").path("max").asInt()).isEqualTo(256);
    assertThat(status.path("workers").path("running").asInt()).isEqualTo(1);
    for (String state : List.of("ready", "backoff", "parked", "pending", "stopping", "abandoned")) {
      assertThat(status.path("workers").path(state).isInt()).as(state).isTrue();
    }
    for (String key : List.of("version", "java", "framework", "startedAt")) {
      assertThat(status.path(key).isTextual()).as(key).isTrue();
    }

    instance.stop().ok();
    assertThat(Processes.ended(host)).isTrue();
    instance.hostler("status").exits(3);
    instance.hostler("status", "--ready").exits(3);
    instance.stop().refused(3);
  }

  @Test
  public void statusNeedsNoJava() {
    instance.start();
    String base = instance.base().toString();
    Commands.hostlerWith("JAVA_HOME", "/nonexistent", "--base", base, "status").ok();
    instance.stop().ok();
    Commands.hostlerWith("JAVA_HOME", "/nonexistent", "--base", base, "status").exits(3);
  }

  @Test
  public void directoryMayHaveALongNameWithSpaces() throws IOException {
    Instance odd =
        instances.init("a directory's name, " + "with spaces and of some length ".repeat(4));
    assertThat(odd.start().out()).contains("ready in ");
    assertThat(odd.hostler("status", "--json").ok().json().path("base").asText())
        .isEqualTo(odd.base().toString());
    odd.stop().ok();
  }

  @Test
  public void startHoldsNoPipeOfItsCallerOpen() throws IOException, InterruptedException {
    Outcome piped =
        Commands.shell(
            "%s/bin/hostler --base %s start | cat"
                .formatted(Commands.distribution(), instance.base()));
    assertThat(piped.ok().out()).contains("ready in ");
  }

  @Test
  public void runWritesTheReadyLineAndNothingElseAndEndsOrderlyOnSigterm_O1_O12()
      throws IOException, InterruptedException {
    Foreground host = instance.run().awaitReady();
    host.signal("TERM");
    Outcome end = host.awaitEnd().ok();
    assertThat(end.out().lines().toList())
        .singleElement()
        .asString()
        .matches("ready in \\d+ ms: 1 workers? running");
    assertThat(end.err()).isEmpty();
  }

  @Test
  public void sigintIsAFastStopToo_O1() throws IOException, InterruptedException {
    Foreground host = instance.run().awaitReady();
    host.signal("INT");
    host.awaitEnd().ok();
  }

  @Test
  public void secondSignalIsAnImmediateStop_O1() throws IOException, InterruptedException {
    instance.configure("worker_stop_timeout = 50s");
    Foreground host = instance.run().awaitReady();
    instance.crasher("stubborn", "hang");
    instance.awaitState("stubborn", "running"); // or there is nothing to wait for
    host.signal("TERM");
    Await.until("state stopping", () -> instance.hostler("status").out().contains("stopping"));
    long begun = System.nanoTime();
    host.signal("TERM");
    host.awaitEnd().ok();
    assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
  }

  @Test
  public void sighupReloadsTheSettings() throws IOException, InterruptedException {
    Foreground host = instance.run().awaitReady();
    instance.configure("heartbeat.interval = 77s");
    host.signal("HUP");
    Await.until(
        "new value",
        () -> instance.exec("bgw:settings --json heartbeat.interval").out().contains("77s"));
    host.signal("TERM");
    host.awaitEnd().ok();
  }

  @Test
  public void restartStartsARunningAndAStoppedHostWithTheSameOptions() {
    instance.start("-c", "max_worker_processes=99");
    ProcessHandle first = instance.host();
    instance.hostler("restart").ok();
    ProcessHandle second = instance.host();
    assertThat(second.pid()).isNotEqualTo(first.pid());
    assertThat(Processes.ended(first)).isTrue();
    assertThat(slots()).isEqualTo(99);
    instance.stop().ok();
    instance.hostler("restart").ok();
    assertThat(slots()).as("-c does not survive a stop").isEqualTo(256);
    instance.host();
  }

  private int slots() {
    return instance.json("bgw:status --json").path("slots").path("max").asInt();
  }

  @Test
  public void dynamicWorkersAndSlotsOfTheLastRunAreGoneAndIdsGoOn_R24_R29() {
    instance.start();
    String before = instance.crasher("c", "wait", "--restart 1s").path("id").asText();
    assertThat(instance.workers()).containsOnlyKeys("c", "heartbeat");
    instance.stop().ok();
    instance.start();
    assertThat(instance.workers()).containsOnlyKeys("heartbeat");
    String after = instance.crasher("c", "wait").path("id").asText();
    assertThat(generation(after)).isGreaterThan(generation(before));
    instance.exec("bgw:info " + before).refused(1, before);
  }

  private static long generation(String id) {
    return Long.parseLong(id.substring(id.indexOf(':') + 1));
  }

  @Test
  public void immediateStopEndsTheHostWithoutWaiting() throws IOException, InterruptedException {
    instance.configure("worker_stop_timeout = 50s");
    Foreground host = instance.run().awaitReady();
    instance.crasher("stubborn", "hang");
    instance.awaitState("stubborn", "running");
    long begun = System.nanoTime();
    instance.hostler("stop", "--mode", "immediate").ok();
    host.awaitEnd().ok();
    assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
  }
}
