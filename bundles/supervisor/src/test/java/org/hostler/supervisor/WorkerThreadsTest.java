// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hostler.worker.RestartPolicy.after;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.InterruptBlock;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lives in real threads: started, asked, interrupted, abandoned. */
@ExtendWith(Repeated.class)
@Tag(Repeated.TAG)
class WorkerThreadsTest {
  private static final Duration LONG = Await.LONG;

  /** Its events up to its end: a handle may know of that a moment before the stream has it. */
  private static List<Kind> toldToTheEnd(RunningSupervisor host, BackgroundWorkerHandle handle) {
    Await.until(() -> told(host, handle).contains(Kind.UNREGISTERED));
    return told(host, handle);
  }

  private static List<Kind> told(RunningSupervisor host, BackgroundWorkerHandle handle) {
    return host
        .supervisor
        .events
        .newest(event -> event.id().filter(handle.id()::sameWorker).isPresent(), 100)
        .stream()
        .map(WorkerEvent::kind)
        .toList();
  }

  @TestTemplate
  void workerRunsInAThreadOfItsOwnAndItsReturnUnregistersIt_X1_X2_V5() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      List<Thread> threads = new CopyOnWriteArrayList<>();
      List<String> names = new CopyOnWriteArrayList<>();
      WorkerHandle handle =
          host.register(
              host.worker(
                      "w",
                      context -> {
                        threads.add(Thread.currentThread());
                        names.add(Thread.currentThread().getName());
                      })
                  .type("t"));
      assertThat(handle.awaitGone(LONG)).isTrue();
      assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
      assertThat(names).containsExactly("w (t) " + handle.id());
      assertThat(toldToTheEnd(host, handle))
          .containsExactly(Kind.REGISTERED, Kind.STARTED, Kind.EXITED, Kind.UNREGISTERED);
    }
  }

  @TestTemplate
  void failingWorkerIsStartedAgainAndAgain_X3_X4_F3() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      AtomicInteger lives = new AtomicInteger();
      WorkerMain main =
          context -> {
            if (lives.incrementAndGet() < 20) {
              throw new IllegalStateException("life " + context.id().incarnation());
            }
          };
      WorkerHandle handle = host.register(host.worker("w", main).restart(after(ofMillis(1))));
      assertThat(handle.awaitGone(LONG)).isTrue();
      assertThat(lives).hasValue(20);
    }
  }

  @TestTemplate
  void terminatedWorkerSeesOneRequest_X10_T6() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      AtomicInteger asked = new AtomicInteger();
      WorkerHandle handle =
          host.register(
              "w",
              context -> {
                context.onTerminate(asked::incrementAndGet);
                RunningSupervisor.waitUntilAsked(context);
              });
      handle.awaitStartup(LONG);
      handle.terminate();
      handle.terminate();
      assertThat(handle.awaitGone(LONG)).isTrue();
      Await.until(() -> asked.get() > 0);
      assertThat(asked).hasValue(1);
    }
  }

  @TestTemplate
  void workerThatSleepsElsewhereIsInterrupted_L12_F6() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      CountDownLatch never = new CountDownLatch(1);
      WorkerHandle handle = host.register("w", context -> never.await());
      handle.awaitStartup(LONG);
      handle.terminate();
      assertThat(handle.awaitGone(LONG)).isTrue();
    }
  }

  @TestTemplate
  void blockHoldsTheLaddersInterruptBackUntilItEnds_L2() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor(256, Duration.ZERO, LONG)) {
      List<String> done = new CopyOnWriteArrayList<>();
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch leave = new CountDownLatch(1);
      WorkerHandle handle =
          host.register(
              "w",
              context -> {
                InterruptBlock block = context.blockInterrupts();
                inside.countDown();
                leave.await();
                done.add("finished");
                block.close();
                new CountDownLatch(1).await();
              });
      inside.await();
      handle.terminate();
      Await.until(() -> interrupted(host.supervisor.table.slot(0)));
      leave.countDown();
      assertThat(handle.awaitGone(LONG)).isTrue();
      assertThat(done).containsExactly("finished");
    }
  }

  /** The ladder has interrupted it once, or tried to. */
  private static boolean interrupted(WorkerSlot slot) {
    return slot.stopping() != null && slot.deadline() > slot.stopping().since();
  }

  @TestTemplate
  void workerThatSwallowsEverythingIsAbandonedAndFreesItsSlotWhenItEnds_F7_F8() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor(256, ofMillis(1), ofMillis(20))) {
      CountDownLatch hang = new CountDownLatch(1);
      WorkerHandle handle = host.register("w", context -> Uninterruptibly.await(hang));
      handle.awaitStartup(LONG);
      handle.terminate();
      Await.until(() -> host.count(WorkerState.ABANDONED) == 1);
      assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
      hang.countDown();
      assertThat(handle.awaitGone(LONG)).isTrue();
      assertThat(toldToTheEnd(host, handle))
          .contains(Kind.TERMINATING, Kind.ABANDONED, Kind.UNREGISTERED);
    }
  }

  @TestTemplate
  void workerMayRestartItself_F14() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      List<Integer> lives = new CopyOnWriteArrayList<>();
      WorkerHandle handle =
          host.register(
              "w",
              context -> {
                lives.add(context.id().incarnation());
                if (context.id().incarnation() < 5) {
                  context.workers().find("w").get(0).restart();
                  RunningSupervisor.waitUntilAsked(context);
                }
              });
      assertThat(handle.awaitGone(LONG)).isTrue();
      assertThat(lives).containsExactly(1, 2, 3, 4, 5);
    }
  }

  @TestTemplate
  void workerIsToldOfTheOneItRegistered_N1_R27() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      List<Kind> heard = new CopyOnWriteArrayList<>();
      CountDownLatch end = new CountDownLatch(1);
      WorkerMain helper = context -> end.await();
      var helpers = host.worker("helper", helper);
      WorkerHandle leader =
          host.register(
              "leader",
              context -> {
                context.onNotify(event -> heard.add(event.kind()));
                context.workers().registerDynamic(helpers.notify(context.id()).build());
                RunningSupervisor.waitUntilAsked(context);
              });
      Await.until(() -> heard.contains(Kind.STARTED));
      end.countDown();
      Await.until(() -> heard.contains(Kind.EXITED));
      assertThat(heard).containsExactly(Kind.STARTED, Kind.EXITED);
      leader.terminate();
      assertThat(leader.awaitGone(LONG)).isTrue();
    }
  }

  @TestTemplate
  void twoWorkersInADeadlockAreFreedByTheLadder_F9() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      CountDownLatch mine = new CountDownLatch(1);
      CountDownLatch yours = new CountDownLatch(1);
      WorkerHandle first =
          host.register(
              "first",
              context -> {
                mine.await();
                yours.countDown();
              });
      WorkerHandle second =
          host.register(
              "second",
              context -> {
                yours.await();
                mine.countDown();
              });
      first.terminate();
      second.terminate();
      assertThat(first.awaitGone(LONG)).isTrue();
      assertThat(second.awaitGone(LONG)).isTrue();
    }
  }

  @TestTemplate
  void signalIsJudgedByTheRestartPolicy_X11_V8() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      WorkerHandle handle =
          host.register(
              host.worker("w", RunningSupervisor::waitUntilAsked).restart(after(Duration.ZERO)));
      for (int life = 1; life <= 5; life++) {
        int now = life;
        Await.until(
            () -> handle.id().incarnation() == now && handle.status() == HandleStatus.STARTED);
        handle.signal(WorkerSignal.TERM);
      }
      Await.until(() -> handle.id().incarnation() == 6);
    }
  }

  @TestTemplate
  void hostStopsWithinItsDeadlineAndNamesTheLate_O3_O6_O10_O13() throws Exception {
    CountDownLatch hang = new CountDownLatch(1);
    List<Throwable> refused = new CopyOnWriteArrayList<>();
    List<BackgroundWorkerHandle> handles = new ArrayList<>();
    RunningSupervisor host = new RunningSupervisor(256, ofMillis(1), ofMillis(2_000));
    var helper = host.worker("helper", context -> {});
    for (int i = 0; i < 20; i++) {
      handles.add(host.register("quick", RunningSupervisor::waitUntilAsked));
    }
    handles.add(
        host.register(
            "leader",
            context -> {
              context.onExit(
                  status -> {
                    try {
                      context.workers().registerDynamic(helper.build());
                    } catch (RegistrationRefused e) {
                      refused.add(e);
                    }
                  });
              RunningSupervisor.waitUntilAsked(context);
            }));
    handles.add(host.register("late", context -> Uninterruptibly.await(hang)));
    for (BackgroundWorkerHandle handle : handles) {
      handle.awaitStartup(LONG);
    }
    host.close();
    assertThat(refused).singleElement().asString().contains("the host is stopping");
    assertThat(host.reports).anyMatch(r -> r.startsWith("late \"late\" (" + handles.get(21).id()));
    assertThat(host.exits).isEmpty();
    hang.countDown();
    Await.until(() -> host.supervisor.table.used() == 0);
  }
}
