// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** When the canary is sent, and who is named when it does not sing. */
@ExtendWith(Repeated.class)
@Tag(Repeated.TAG)
class CanaryTest {
  private static final long LATE = Duration.ofMillis(600).toNanos();

  private final List<Runnable> sent = new ArrayList<>();
  private final AtomicReference<Thread> thread = new AtomicReference<>();

  @BeforeEach
  void needsVirtualThreads() {
    assumeThat(VirtualThreads.available()).isTrue();
  }

  @TestTemplate
  void canaryIsNotSentWhileNobodyRuns() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      Canary canary = new Canary(host.supervisor, new CarrierCount(), sent::add);
      canary.look(0);
      WorkerHandle handle =
          host.register(
              "waits",
              context -> {
                thread.set(Thread.currentThread());
                RunningSupervisor.waitUntilAsked(context);
              });
      handle.awaitStartup(Await.LONG);
      Await.until(() -> state() == Thread.State.WAITING || state() == Thread.State.TIMED_WAITING);
      canary.look(LATE);
      canary.look(2 * LATE);
      assertThat(sent).isEmpty();
      assertThat(canary.notes()).isEmpty();
    }
  }

  private Thread.State state() {
    Thread worker = thread.get();
    return worker == null ? Thread.State.NEW : worker.getState();
  }

  @TestTemplate
  void canaryIsSentWhileAWorkerRunsAndNamesItWhenItDoesNotSing_F8() throws Exception {
    AtomicBoolean end = new AtomicBoolean();
    try (RunningSupervisor host = new RunningSupervisor()) {
      Canary canary = new Canary(host.supervisor, new CarrierCount(), sent::add);
      WorkerHandle handle =
          host.register(
              "spins",
              context -> {
                thread.set(Thread.currentThread());
                while (!end.get()) {
                  Thread.onSpinWait();
                }
              });
      Await.until(() -> thread.get() != null);
      canary.look(0);
      assertThat(sent).hasSize(1);
      sent.remove(0).run();
      canary.look(LATE);
      assertThat(sent).as("the next, since it sang").hasSize(1);
      assertThat(canary.notes()).isEmpty();

      canary.look(2 * LATE);
      canary.look(3 * LATE);
      assertThat(canary.notes()).singleElement().asString().contains("\"spins\"", "processor");
      Await.until(
          () -> host.supervisor.events.newest(e -> e.kind() == Kind.STARVING, 1).size() == 1);
      end.set(true);
      assertThat(handle.awaitGone(Await.LONG)).isTrue();
      canary.look(4 * LATE);
      assertThat(canary.notes()).isEmpty();
    } finally {
      end.set(true);
    }
  }
}
