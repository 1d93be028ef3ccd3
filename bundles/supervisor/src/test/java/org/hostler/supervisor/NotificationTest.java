// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hostler.supervisor.ManualSupervisor.worker;
import static org.hostler.worker.RestartPolicy.after;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.Isolation;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.spi.WorkerLauncher;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.junit.jupiter.api.Test;

/** Whom {@code notify} wakes, and when; the subscriber's thread is the test's. */
class NotificationTest {
  private final ManualSupervisor host = new ManualSupervisor();
  private final List<WorkerEvent> heard = new ArrayList<>();
  private WorkerLife subscriber;

  /** Launches a worker that listens; its life is never run, only looked at. */
  private WorkerId listening() {
    host.launcher.others.put("listener", new Listening());
    return host.running(worker("listener").restart(after(ofSeconds(1))));
  }

  private final class Listening implements WorkerLauncher {
    @Override
    public Isolation isolation() {
      return Isolation.THREAD;
    }

    @Override
    public LaunchedWorker launch(WorkerId id, BackgroundWorker worker, LaunchListener listener) {
      LifeServices services =
          new LifeServices(
              () -> SettingsSnapshot.of(1, Map.of()), b -> null, () -> null, () -> null, r -> {});
      LoadedFunction none = new LoadedFunction.OfHost(context -> {}, FakeBundles.HOST);
      subscriber = new WorkerLife(id, worker, listener, services, none, life -> {});
      subscriber.onNotify(heard::add);
      return subscriber;
    }
  }

  private boolean woken() {
    return ((WorkerLatch) subscriber.latch()).getAndSet(false);
  }

  private List<Kind> heard() {
    subscriber.checkForInterrupts();
    List<Kind> kinds = heard.stream().map(WorkerEvent::kind).toList();
    heard.clear();
    return kinds;
  }

  @Test
  void launchAndEveryEndOfALifeAreTold_N1() {
    WorkerId listener = listening();
    WorkerId id = host.running(worker("w").restart(after(ofSeconds(5))).notify(listener));
    assertThat(woken()).isTrue();
    assertThat(heard()).containsExactly(Kind.STARTED);
    host.life(id).fail();
    assertThat(woken()).isTrue();
    assertThat(heard()).containsExactly(Kind.EXITED);
    host.tick(ofSeconds(5));
    assertThat(heard()).containsExactly(Kind.STARTED);
    host.life(id).exit(ExitStatus.of(2));
    assertThat(heard()).containsExactly(Kind.CRASHED);
  }

  @Test
  void workerThatNeverRunsIsToldOnce_N1_N7_S11_T9() {
    WorkerId listener = listening();
    host.launcher.onLaunch = life -> {};
    host.missing.add("org.acme.jobs");
    host.register(worker("w").restart(RestartPolicy.never()).notify(listener));
    assertThat(heard()).containsExactly(Kind.EXITED);
    WorkerHandle parked = host.register(worker("p").restart(after(ofSeconds(5))).notify(listener));
    assertThat(heard()).containsExactly(Kind.EXITED);
    parked.terminate();
    assertThat(heard()).containsExactly(Kind.UNREGISTERED);
  }

  @Test
  void eventsAreAllThereInOrderHoweverLateOneLooks_N5() {
    WorkerId listener = listening();
    WorkerId id = host.running(worker("w").restart(after(ofSeconds(0))).notify(listener));
    for (int i = 0; i < 100; i++) {
      host.life(id).fail();
    }
    subscriber.checkForInterrupts();
    assertThat(heard).hasSize(201).isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()));
    assertThat(heard).allMatch(event -> event.id().orElseThrow().sameWorker(id));
    assertThat(heard.get(200).id().orElseThrow().incarnation()).isEqualTo(101);
  }

  @Test
  void whoIsToldFindsTheStateThatWasTold_N5() {
    WorkerId listener = listening();
    WorkerHandle handle = host.register(worker("w").notify(listener));
    List<HandleStatus> seen = new ArrayList<>();
    subscriber.onNotify(event -> seen.add(handle.status()));
    subscriber.checkForInterrupts();
    host.life(handle.id()).exit(ExitStatus.done());
    subscriber.checkForInterrupts();
    assertThat(seen).containsExactly(HandleStatus.STARTED, HandleStatus.STOPPED);
  }

  @Test
  void subscriberThatIsNoLiveWorkerIsDroppedAndTheWorkerRuns_N2_T17() {
    listening();
    for (WorkerId nobody : List.of(new WorkerId(99, 1, 1), new WorkerId(0, 99, 1))) {
      WorkerHandle handle = host.register(worker("w").notify(nobody));
      assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    }
    assertThat(heard()).isEmpty();
    assertThat(woken()).isFalse();
    assertThat(host.failures).isEmpty();
  }

  @Test
  void subscriberThatEndsFirstIsToldNothingMore_N3_T16_F19() {
    WorkerId listener = listening();
    WorkerHandle handle = host.register(worker("w").notify(listener));
    assertThat(heard()).containsExactly(Kind.STARTED);
    WorkerLife first = subscriber;
    host.supervisor.exited(listener, ExitStatus.failed("it failed"), Ending.NONE);
    host.life(handle.id()).exit(ExitStatus.done());
    first.checkForInterrupts();
    assertThat(heard).isEmpty();
    assertThat(host.failures).isEmpty();
  }

  @Test
  void nextLifeOfTheSubscriberIsAnother_N3() {
    WorkerId listener = listening();
    WorkerHandle handle = host.register(worker("w").notify(listener));
    heard();
    host.supervisor.exited(listener, ExitStatus.failed("it failed"), Ending.NONE);
    host.tick(ofSeconds(1));
    assertThat(subscriber.id().incarnation()).isEqualTo(2);
    host.life(handle.id()).exit(ExitStatus.done());
    assertThat(heard()).isEmpty();
  }
}
