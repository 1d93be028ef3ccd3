// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.hostler.itests.bundles.FileWorker;
import org.hostler.itests.bundles.HangingActivator;
import org.hostler.itests.bundles.PlainFunction;
import org.hostler.itests.bundles.TestBundle;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Workers and hosts are stopped, whatever the workers do. */
public class StopIT {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  @Rule public final Instances instances = new Instances();

  private Instance host;

  @Before
  public void start() throws IOException {
    host = instances.init("main"); // with worker_stop_timeout = 2s
    host.configure("shared_preload_libraries = 'org.hostler.sample.heartbeat'");
  }

  @Test
  public void stopNamesTheLateWorkersAndEndsWithinItsDeadline_O3_O6_O12_X10_X12() throws Exception {
    Foreground run = host.run().awaitReady();
    String hanging = host.crasher("hanging", "hang").path("id").asText();
    String spinning = host.crasher("spinning", "spin").path("id").asText();
    host.crasher("good", "wait", "--restart 1s");
    for (String worker : List.of("hanging", "spinning", "good")) {
      host.awaitState(worker, "running");
    }
    Outcome stop = inTime(host::stop);
    assertThat(stop.ok().err())
        .contains("late: \"hanging\" (" + hanging + ")")
        .contains("late: \"spinning\" (" + spinning + ")")
        .doesNotContain("good");
    run.awaitEnd().exits(0);
  }

  @Test
  public void spinnersOnAllProcessorsDoNotStopTheHeartbeat() throws Exception {
    host.configure("heartbeat.interval = 100ms");
    host.start();
    int spinners = Runtime.getRuntime().availableProcessors() + 1;
    for (int i = 0; i < spinners; i++) {
      host.crasher("spinner" + i, "spin");
    }
    long before = beats();
    Await.until("the heart beats on", () -> beats() > before + 10);
    assertThat(host.workers()).hasSize(spinners + 1);
    inTime(host::stop).ok();
  }

  /**
   * Stops the host and asserts that it took no longer than it may, but for the machine's stalls.
   */
  private Outcome inTime(Callable<Outcome> stop) throws Exception {
    Duration limit = limit();
    try (Stalls stalls = Stalls.measured()) {
      long begun = System.nanoTime();
      Outcome outcome = stop.call();
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(took.minus(stalls.soFar())).isLessThan(limit);
      return outcome;
    }
  }

  /** Two seconds more than the deadline, and thrice what a client takes here and now. */
  private Duration limit() {
    long begun = System.nanoTime();
    host.hostler("status", "--json").ok();
    return STOP_TIMEOUT.plusSeconds(2).plusNanos(3 * (System.nanoTime() - begun));
  }

  private long beats() {
    return host.log().lines().filter(line -> line.contains("the heart beats")).count();
  }

  @Test
  public void terminatedHangingWorkerIsAbandonedAndHoldsItsSlot_X10() {
    host.start();
    String id = host.crasher("hanging", "hang").path("id").asText();
    host.awaitState("hanging", "running");
    host.exec("bgw:terminate hanging --wait --timeout 100ms").exits(4);
    assertThat(host.awaitState("hanging", "abandoned").path("id").asText()).isEqualTo(id);
    assertThat(host.events("hanging")).contains("terminating", "abandoned");
    Await.until("its stack is in the log", () -> host.log().contains("Crasher.hang"));
    assertThat(host.lives().get("heartbeat")).endsWith(":1");
  }

  @Test
  public void smartStopWaitsForARunningExecWhileWorkersAreRestarted_O2_S13_T12()
      throws IOException, InterruptedException {
    TestBundle.named("org.acme.file").with(FileWorker.class).buildIn(host.extensions());
    Path end = host.base().resolve("end-of-last");
    Foreground run = host.run().awaitReady();
    host.crasher("failing", "throw after=100ms", "--restart 100ms");
    Process client =
        Commands.prepare(
                List.of(
                    "--base",
                    host.base().toString(),
                    "exec",
                    "bgw:register --name last --wait exited --timeout 1h --arg '%s' %s file"
                        .formatted(end, "org.acme.file")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      host.awaitState("last", "running");
      Process stop =
          Commands.prepare(List.of("--base", host.base().toString(), "stop", "--mode", "smart"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Await.until("new clients are refused", () -> host.exec("echo hi").exit() != 0);
      assertThat(run.handle().isAlive()).isTrue();
      long ends = endsOfFailing();
      Await.until("it fails, comes back and fails again", () -> endsOfFailing() > ends + 1);
      assertThat(client.isAlive()).as("the client was there all the time").isTrue();
      Files.createFile(end);
      Await.until("the client's end", () -> !client.isAlive());
      assertThat(client.exitValue()).isZero();
      run.awaitEnd().ok();
      Await.until("end of the stop", () -> !stop.isAlive());
      assertThat(stop.exitValue()).isZero();
    } finally {
      client.destroyForcibly();
    }
  }

  private long endsOfFailing() {
    return host.log()
        .lines()
        .filter(line -> line.contains("\"failing\"") && line.contains("exited"))
        .count();
  }

  @Test
  public void noWorkerIsRestartedOnceTheHostStopsAndTheLogGoesOnToTheEnd_X18_O8_O10()
      throws IOException, InterruptedException {
    host.configure("log_level = debug");
    Foreground run = host.run().awaitReady();
    host.crasher("eager", "wait", "--restart 0");
    host.awaitState("eager", "running");
    host.stop().ok();
    run.awaitEnd().ok();
    String log = host.log();
    String afterStop = log.substring(log.lastIndexOf("\"eager\""));
    assertThat(afterStop).doesNotContain("started");
  }

  @Test
  public void felixsShutdownIsAFastStop_O1() throws IOException, InterruptedException {
    Foreground run = host.run().awaitReady();
    host.crasher("hanging", "hang");
    host.awaitState("hanging", "running");
    host.exec("felix:shutdown").ok();
    assertThat(run.awaitEnd().ok().err()).contains("late: \"hanging\"");
  }

  @Test
  public void workerThatCallsExitEndsTheHostWithItsStatus() throws Exception {
    Foreground run = host.run().awaitReady();
    host.crasher("exiting", "halt:5 after=3s"); // not before it has answered
    run.awaitEnd().exits(5);
    host.start();
    assertThat(host.workers()).containsOnlyKeys("heartbeat");
  }

  @Test
  public void crashWithoutRestartEndsTheHostWithOne_O12_G12() throws Exception {
    host.configure("restart_after_crash = off");
    Foreground run = host.run().awaitReady();
    host.crasher("crashing", "exit:3 after=3s");
    run.awaitEnd().exits(1);
  }

  @Test
  public void registrationsAreRefusedWhileTheHostStops_O5_T11()
      throws IOException, InterruptedException {
    host.configure("worker_stop_timeout = 8s");
    TestBundle.named("org.acme.plain").with(PlainFunction.class).buildIn(host.extensions());
    Foreground run = host.run().awaitReady();
    host.crasher("hanging", "hang");
    host.awaitState("hanging", "running");
    Process stop =
        Commands.prepare(List.of("--base", host.base().toString(), "stop"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Await.until("state stopping", () -> host.hostler("status").out().contains("stopping"));
    Outcome late = host.exec("bgw:register hostler sleep");
    assertThat(late.exit()).isIn(1, 3);
    assertThat(late.err()).isNotBlank();
    run.awaitEnd().ok();
    assertThat(stop.waitFor()).isZero();
  }

  @Test
  public void activatorThatHangsDoesNotHoldTheStopUp_O6_O12() throws Exception {
    host.configure("preload_timeout = 10s");
    Foreground run = host.run().awaitReady();
    TestBundle.named("org.acme.hanging").activator(HangingActivator.class).buildIn(host.deploy());
    Await.until("it hangs", () -> host.log().contains("org.acme.hanging"));
    Callable<Outcome> stop =
        () -> {
          host.stop();
          return run.awaitEnd();
        };
    inTime(stop).exits(1);
  }
}
