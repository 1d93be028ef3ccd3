// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hostler.worker.RestartPolicy.after;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.WorkerTerminated;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** Waits on handles that really wait, and what ends them. */
@ExtendWith(Repeated.class)
@Tag(Repeated.TAG)
class HandleWaitTest {
  private static final Duration LONG = Await.LONG;

  private interface Wait<T> {
    T on(BackgroundWorkerHandle handle) throws Exception;
  }

  /** Has another thread wait; returns when it does. */
  private static <T> FutureTask<T> waiting(
      RunningSupervisor host, BackgroundWorkerHandle handle, Wait<T> wait) {
    int before = host.supervisor.waiters.size();
    FutureTask<T> task = new FutureTask<>(() -> wait.on(handle));
    Thread thread = new Thread(task, "waiter");
    thread.setDaemon(true);
    thread.start();
    Await.until(() -> host.supervisor.waiters.size() > before);
    return task;
  }

  private static <T> T got(FutureTask<T> task) throws Exception {
    return task.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  @TestTemplate
  void everyWaitIsWokenByWhatItWaitsForWithoutASubscription_H5_H6_H8() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      CountDownLatch ready = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      WorkerHandle handle =
          host.register(
              "w",
              context -> {
                ready.await();
                context.ready();
                end.await();
              });
      assertThat(handle.awaitStartup(LONG)).isEqualTo(HandleStatus.STARTED);
      FutureTask<Boolean> readiness = waiting(host, handle, h -> h.awaitReady(LONG));
      ready.countDown();
      assertThat(got(readiness)).isTrue();
      Await.until(() -> host.supervisor.waiters.size() == 0);
      FutureTask<HandleStatus> shutdown = waiting(host, handle, h -> h.awaitShutdown(LONG));
      end.countDown();
      assertThat(got(shutdown)).isEqualTo(HandleStatus.STOPPED);
      assertThat(handle.awaitGone(LONG)).isTrue();
      Await.until(() -> host.supervisor.waiters.size() == 0);
    }
  }

  @TestTemplate
  void waitForALifeEndsAlsoWhenTheNextHasBegun_H6_V8() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      CountDownLatch end = new CountDownLatch(1);
      WorkerHandle handle =
          host.register(
              host.worker(
                      "w",
                      context -> {
                        if (context.id().incarnation() == 1) {
                          end.await();
                          throw new IllegalStateException("first life");
                        }
                        RunningSupervisor.waitUntilAsked(context);
                      })
                  .restart(after(Duration.ZERO)));
      handle.awaitStartup(LONG);
      FutureTask<HandleStatus> shutdown = waiting(host, handle, h -> h.awaitShutdown(LONG));
      end.countDown();
      assertThat(got(shutdown)).isEqualTo(HandleStatus.STOPPED);
      Await.until(() -> handle.id().incarnation() == 2);
    }
  }

  @TestTemplate
  void waitIsOverWhenItsTimeIsAndSaysWhatIs_H5_H6() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      WorkerHandle handle = host.register("w", RunningSupervisor::waitUntilAsked);
      handle.awaitStartup(LONG);
      assertThat(handle.awaitReady(ofMillis(1))).isFalse();
      assertThat(handle.awaitShutdown(ofMillis(1))).isEqualTo(HandleStatus.STARTED);
      assertThat(handle.awaitGone(ofMillis(1))).isFalse();
      assertThat(handle.awaitGone(Duration.ofSeconds(-1))).isFalse();
    }
  }

  @TestTemplate
  void interruptEndsAWaitAndTheWorkerIsUnaffected_H7() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      WorkerHandle handle = host.register("w", RunningSupervisor::waitUntilAsked);
      handle.awaitStartup(LONG);
      AtomicReference<Thread> thread = new AtomicReference<>();
      FutureTask<String> wait =
          waiting(
              host,
              handle,
              h -> {
                thread.set(Thread.currentThread());
                try {
                  return "gone " + h.awaitGone(Duration.ofDays(1_000_000));
                } catch (InterruptedException e) {
                  return "interrupted";
                }
              });
      thread.get().interrupt();
      assertThat(got(wait)).isEqualTo("interrupted");
      assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
      assertThat(host.supervisor.waiters.size()).isZero();
    }
  }

  @TestTemplate
  void workerThatWaitsForAnotherShowsItAndCanBeAskedToEnd_H7_H10() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      List<Throwable> thrown = new CopyOnWriteArrayList<>();
      WorkerHandle helper = host.register("helper", RunningSupervisor::waitUntilAsked);
      helper.awaitStartup(LONG);
      WorkerHandle leader =
          host.register(
              "leader",
              context -> {
                try {
                  context.workers().find("helper").get(0).awaitGone(LONG);
                } catch (WorkerTerminated e) {
                  thrown.add(e);
                  throw e;
                }
              });
      Await.until(
          () ->
              leader
                  .stat()
                  .filter(
                      s ->
                          s.statusText().equals("waits for " + helper.id() + " to be unregistered"))
                  .isPresent());
      leader.terminate();
      assertThat(leader.awaitGone(LONG)).isTrue();
      assertThat(thrown).hasSize(1);
      assertThat(helper.status()).isEqualTo(HandleStatus.STARTED);
    }
  }

  @TestTemplate
  void futuresAreCompletedOffTheSupervisorsTurn_H12() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      CountDownLatch block = new CountDownLatch(1);
      WorkerHandle handle = host.register("w", RunningSupervisor::waitUntilAsked);
      handle.gone().thenRun(() -> Uninterruptibly.await(block));
      handle.terminate();
      assertThat(handle.awaitGone(LONG)).isTrue();
      assertThat(host.register("next", context -> {}).awaitGone(LONG)).isTrue();
      block.countDown();
    }
  }

  @TestTemplate
  void slotOfAWorkerThatIsGoneCanBeTakenAtOnceEveryTime_X15_T5() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor(1, ofMillis(20), LONG)) {
      for (int i = 0; i < 20; i++) {
        WorkerHandle handle = host.register("w", RunningSupervisor::waitUntilAsked);
        handle.terminate();
        assertThat(handle.awaitGone(LONG)).isTrue();
      }
    }
  }

  @TestTemplate
  void whoWaitsForASlotGetsItWhenOneIsFree_R21() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor(1, ofMillis(20), LONG)) {
      WorkerHandle first = host.register("first", RunningSupervisor::waitUntilAsked);
      var second = host.worker("second", context -> {}).build();
      FutureTask<BackgroundWorkerHandle> wait =
          waiting(
              host,
              first,
              h -> host.registrar.dynamicOrAwait(second, WorkerSlot.Origin.DYNAMIC, LONG));
      first.terminate();
      assertThat(got(wait).awaitGone(LONG)).isTrue();
      assertThat(host.supervisor.waiters.size()).isZero();
    }
  }

  @TestTemplate
  void whoWaitsForASlotTooLongIsToldTheNumbers_R21() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor(1, ofMillis(20), LONG)) {
      host.register("first", RunningSupervisor::waitUntilAsked);
      var second = host.worker("second", context -> {}).build();
      try {
        host.registrar.dynamicOrAwait(second, WorkerSlot.Origin.DYNAMIC, ofMillis(2));
        throw new AssertionError("there is no slot");
      } catch (RegistrationRefused refused) {
        assertThat(refused.reason()).isEqualTo(RegistrationRefused.Reason.TABLE_FULL);
        assertThat(refused.detail()).isEqualTo("1 of 1 slots are used");
      }
    }
  }
}
