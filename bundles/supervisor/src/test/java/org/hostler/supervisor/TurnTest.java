// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hostler.supervisor.ManualSupervisor.worker;
import static org.hostler.worker.RestartPolicy.after;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.hostler.supervisor.Inbox.ForWorker;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order of one turn, and how much is done in it. */
class TurnTest {
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void threadsHaveEnded() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(Await.LONG.toMillis());
      assertThat(thread.isAlive()).isFalse();
    }
  }

  /** Has work posted by another thread, and waits until the supervisor's door is knocked at. */
  private void postFromOutside(Supervisor supervisor, Kind kind, Runnable work) {
    int waiting = supervisor.baton().getQueueLength();
    Thread thread = new Thread(() -> supervisor.perform(kind, work));
    threads.add(thread);
    thread.start();
    Await.until(() -> supervisor.baton().getQueueLength() > waiting);
  }

  private static ManualSupervisor preloadedWith(int workers) {
    ManualSupervisor host = new ManualSupervisor(1_000);
    for (int i = 0; i < workers; i++) {
      host.registerStatic(worker("w" + i).restart(after(ofSeconds(5)))).orThrow();
    }
    return host;
  }

  @Test
  void lettersAreTakenByTheirUrgencyAndThenInOrder_L13() {
    Inbox inbox = new Inbox();
    List<Inbox.Letter> sent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (Kind kind : List.of(Kind.REQUEST, Kind.EXIT, Kind.RELOAD, Kind.STOP)) {
        Inbox.Letter letter = new ForWorker(kind.ordinal(), i, new Event.Due());
        sent.add(letter);
        inbox.post(kind, letter);
      }
    }
    List<String> taken = new ArrayList<>();
    while (!inbox.isEmpty()) {
      ForWorker letter = (ForWorker) inbox.poll();
      taken.add(Kind.values()[letter.index()] + " " + letter.generation());
    }
    assertThat(taken)
        .containsExactly(
            "STOP 0",
            "STOP 1",
            "STOP 2",
            "RELOAD 0",
            "RELOAD 1",
            "RELOAD 2",
            "EXIT 0",
            "EXIT 1",
            "EXIT 2",
            "REQUEST 0",
            "REQUEST 1",
            "REQUEST 2");
    assertThat(inbox.poll()).isNull();
  }

  @Test
  void stopReloadExitsAndRequestsComeInThisOrderAndLaunchesLast_L13() {
    ManualSupervisor host = new ManualSupervisor();
    List<String> done = new CopyOnWriteArrayList<>();
    WorkerId failing = host.running(worker("failing").restart(after(Duration.ZERO)));
    host.launcher.onLaunch = life -> done.add("launch");
    Supervisor supervisor = host.supervisor;
    supervisor.baton().lock();
    try {
      supervisor.post(failing, new Event.Restart());
      postFromOutside(supervisor, Kind.REQUEST, () -> done.add("request, " + host.state(failing)));
      host.life(failing).fail();
      postFromOutside(supervisor, Kind.RELOAD, () -> done.add("reload, " + host.state(failing)));
      postFromOutside(supervisor, Kind.STOP, () -> done.add("stop"));
    } finally {
      supervisor.baton().unlock();
    }
    supervisor.turn();
    Await.until(() -> done.size() == 4); // one of the others may be at it
    assertThat(done).containsExactly("stop", "reload, running", "request, backoff", "launch");
  }

  @Test
  void registrationAndStopInOneTurnTheStopWins_L13_O5() {
    ManualSupervisor host = new ManualSupervisor();
    List<Throwable> refused = new CopyOnWriteArrayList<>();
    host.supervisor.baton().lock();
    try {
      Thread registering =
          new Thread(
              () -> {
                try {
                  host.register(worker("w"));
                } catch (RuntimeException e) {
                  refused.add(e);
                }
              });
      threads.add(registering);
      registering.start();
      Await.until(() -> host.supervisor.baton().getQueueLength() > 0);
      postFromOutside(host.supervisor, Kind.STOP, () -> host.supervisor.phase(Phase.STOPPING));
    } finally {
      host.supervisor.baton().unlock();
    }
    host.supervisor.turn();
    Await.until(() -> !refused.isEmpty());
    assertThat(refused.get(0)).hasMessage("background worker \"w\": the host is stopping");
    assertThat(host.launches()).isEmpty();
  }

  @Test
  void atMostAHundredAreLaunchedInATurn_S4_T15() {
    ManualSupervisor host = preloadedWith(250);
    Map<Long, Integer> launchesByTurn = new LinkedHashMap<>();
    host.launcher.onLaunch = life -> launchesByTurn.merge(host.supervisor.turns(), 1, Integer::sum);
    host.supervisor.perform(
        Kind.REQUEST,
        () -> {
          host.supervisor.phase(Phase.RUN);
          host.supervisor.seal();
        });
    assertThat(launchesByTurn.values()).containsExactly(100, 100, 50);
  }

  @Test
  void stopBetweenTwoPassesIsHonoured_S4_T15_F33() {
    ManualSupervisor host = preloadedWith(250);
    host.launcher.onLaunch =
        life -> {
          if (life.worker.name().equals("w50")) {
            HostStop stop = new HostStop(host.supervisor, (key, text) -> {}, status -> {});
            postFromOutside(host.supervisor, Kind.STOP, stop::askAll);
          }
        };
    host.supervisor.perform(
        Kind.REQUEST,
        () -> {
          host.supervisor.phase(Phase.RUN);
          host.supervisor.seal();
        });
    Await.until(() -> host.supervisor.table.used() == 100); // the others are unregistered last
    assertThat(host.supervisor.table.count(WorkerState.STOPPING)).isEqualTo(100);
    assertThat(host.launches()).hasSize(100);
  }

  @Test
  void manyExitsAndDeadlinesTakeSeveralTurnsAndNoneIsLost() {
    ManualSupervisor host = preloadedWith(1_000);
    host.seal();
    host.phase(Phase.RUN);
    host.supervisor.baton().lock();
    try {
      host.launcher.launched.forEach(FakeLauncher.Life::fail);
    } finally {
      host.supervisor.baton().unlock();
    }
    host.supervisor.turn();
    host.tick(Duration.ZERO);
    assertThat(host.supervisor.table.count(WorkerState.BACKOFF)).isEqualTo(1_000);
    host.launches();
    host.tick(ofSeconds(5));
    host.tick(Duration.ZERO);
    assertThat(host.launches()).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void turnWithinATurnIsRefused() {
    ManualSupervisor host = new ManualSupervisor();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                host.supervisor.perform(
                    Kind.REQUEST, () -> host.supervisor.perform(Kind.STOP, () -> {})))
        .withMessage("a turn asks for another turn");
  }

  /** The life of one begins when its turn is over; meanwhile another thread has a turn. */
  @Test
  void whatATurnPutsOffIsDoneOnceWhileAnotherBeginsALife() {
    ManualSupervisor host = new ManualSupervisor();
    WorkerId other = host.running(worker("other"));
    host.launcher.onStart =
        life -> {
          Thread thread = new Thread(() -> host.deliver(other, new Event.Signal(WorkerSignal.INT)));
          threads.add(thread);
          thread.start();
          Await.until(() -> !thread.isAlive());
        };
    host.register(worker("w"));
    assertThat(host.life(other).signals).containsExactly(WorkerSignal.INT);
  }

  @Test
  void startThatFailsIsNotTriedAgainByATurnWithinTheTurn_S5() {
    ManualSupervisor host = new ManualSupervisor();
    AtomicLong deepest = new AtomicLong();
    host.launcher.onLaunch = life -> {};
    host.launcher.onStart =
        life -> {
          deepest.accumulateAndGet(turnsUnderWay(), Math::max);
          throw new OutOfMemoryError("unable to create native thread");
        };
    WorkerHandle handle = host.register(worker("w").restart(after(Duration.ZERO)));
    assertThat(deepest).hasValue(1);
    assertThat(handle.id().incarnation()).isGreaterThan(1);
    host.launcher.onStart = life -> life.listener.started();
    host.supervisor.turn();
    assertThat(host.state(handle.id())).isEqualTo(WorkerState.RUNNING);
  }

  private static long turnsUnderWay() {
    return StackWalker.getInstance()
        .walk(frames -> frames.filter(frame -> frame.getMethodName().equals("turn")).count());
  }

  @Test
  void whoWaitsForAnAbandonedWorkerIsToldAfterItIsAbandoned() {
    ManualSupervisor host = new ManualSupervisor();
    WorkerId id = host.running(worker("w"));
    FakeLauncher.Life life = host.life(id);
    List<Boolean> seen = new ArrayList<>();
    host.supervisor
        .waiters
        .future(
            id.slot(), () -> host.state(id) == WorkerState.ABANDONED ? life : null, Runnable::run)
        .thenAccept(abandoned -> seen.add(abandoned.abandoned));
    host.deliver(id, new Event.Terminate());
    host.tick(Duration.ofMinutes(1));
    assertThat(seen).containsExactly(true);
  }
}
