// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hostler.itests.bundles.AnnotatedWorker;
import org.hostler.itests.bundles.TestBundle;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** The host dies without goodbye, at any moment; the next start is clean. */
public class KillIT {
  @Rule public final Instances instances = new Instances();

  private Instance host;

  @Before
  public void makeAnInstance() throws IOException {
    host = instances.init("main");
    host.configure("shared_preload_libraries = 'org.hostler.sample.heartbeat'");
    TestBundle.named("org.acme.hot").with(AnnotatedWorker.class).buildIn(host.deploy());
  }

  @Test
  public void killedWhileItRuns() {
    host.start();
    host.crasher("c", "wait", "--restart 0");
    host.exec("bgw:set heartbeat.interval 12s").ok();
    host.kill();
    host.hostler("status").exits(3);
    host.exec("lb").exits(3);
    host.start();
    host.awaitState("by-annotation", "running");
    assertThat(host.workers()).containsOnlyKeys("heartbeat", "by-annotation");
    assertThat(host.exec("bgw:settings heartbeat.interval").ok().out()).contains("12s");
  }

  @Test
  public void killedAtRandomMomentsOfItsStart() throws Exception {
    Random random = new Random(42);
    for (int round = 0; round < 6; round++) {
      Foreground start = host.run();
      if (!start.handle().onExit().toCompletableFuture().isDone()) {
        boolean ended = awaitExit(start, random.nextInt(1_500));
        assertThat(ended).isFalse();
      }
      start.handle().destroyForcibly();
      start.handle().onExit().get(60, TimeUnit.SECONDS);
    }
    assertThat(host.start().out()).contains("ready in ");
    host.stop().ok();
  }

  /** Gives the start so many milliseconds; they are the moment, not a wait for something. */
  private static boolean awaitExit(Foreground start, int millis) throws Exception {
    try {
      start.handle().onExit().get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (java.util.concurrent.TimeoutException running) {
      return false;
    }
  }

  @Test
  public void killedWhileItStops() throws Exception {
    host.configure("worker_stop_timeout = 30s");
    Foreground run = host.run().awaitReady();
    host.crasher("hanging", "hang");
    host.awaitState("hanging", "running");
    run.signal("TERM");
    Await.until("state stopping", () -> host.hostler("status").out().contains("stopping"));
    run.signal("KILL");
    run.handle().onExit().get(60, TimeUnit.SECONDS);
    host.start();
    host.awaitState("heartbeat", "running");
  }

  @Test
  public void ofTwoHostsStartedAtOnceOneRuns() throws Exception {
    List<String> start = List.of("--base", host.base().toString(), "start");
    Process first = Commands.prepare(start).redirectErrorStream(true).start();
    Process second = Commands.prepare(start).redirectErrorStream(true).start();
    String said = new String(first.getInputStream().readAllBytes());
    said += new String(second.getInputStream().readAllBytes());
    int firstExit = first.waitFor();
    int secondExit = second.waitFor();
    assertThat(List.of(firstExit, secondExit)).containsExactlyInAnyOrder(0, 1);
    assertThat(said).contains("is already running (pid ");
    assertThat(host.worker("heartbeat")).isPresent();
    host.hostler("start").refused(1, "is already running");
  }
}
