// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many threads at one supervisor: each registration gets its slot or is refused, none is lost. */
@ExtendWith(Repeated.class)
@Tag(Repeated.TAG)
class RegistrarThreadsTest {
  private static final int THREADS = 64;
  private static final int REGISTRATIONS = 10_000;

  /** Runs work in all threads at once, each with its number; fails as the first of them does. */
  private static void inAllThreads(IntConsumer work) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                Uninterruptibly.await(go);
                try {
                  work.accept(number);
                } catch (Throwable e) {
                  thrown.add(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join(Await.LONG.toMillis());
    }
    assertThat(thrown).isEmpty();
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  private static Set<Integer> slots(Collection<WorkerId> ids) {
    Set<Integer> slots = new HashSet<>();
    ids.forEach(id -> slots.add(id.slot()));
    return slots;
  }

  @TestTemplate
  void tenThousandRegistrationsFromManyThreadsGetTheLowestSlotsOnce_R20_R24_F15() throws Exception {
    ManualSupervisor host = new ManualSupervisor().slots(REGISTRATIONS);
    Queue<WorkerId> ids = new ConcurrentLinkedQueue<>();
    AtomicInteger left = new AtomicInteger(REGISTRATIONS);
    inAllThreads(
        thread -> {
          while (left.decrementAndGet() >= 0) {
            ids.add(host.register(ManualSupervisor.worker("w" + thread)).id());
          }
        });
    assertThat(ids).hasSize(REGISTRATIONS);
    assertThat(slots(ids)).hasSize(REGISTRATIONS).allMatch(slot -> slot < REGISTRATIONS);
    assertThat(ids.stream().map(WorkerId::generation).distinct()).hasSize(REGISTRATIONS);
    assertThat(host.supervisor.table.used()).isEqualTo(REGISTRATIONS);
    assertThat(host.launches()).hasSize(REGISTRATIONS);
    assertThat(host.supervisor.hasWork()).isFalse();
    inAllThreads(
        thread -> {
          for (WorkerId id = ids.poll(); id != null; id = ids.poll()) {
            WorkerId life = host.slot(id).id(); // it may have been launched after its registration
            host.supervisor.exited(life, ExitStatus.done(), Ending.NONE);
          }
        });
    while (host.supervisor.hasWork()) {
      host.supervisor.turn(); // the server loop's part: no caller is kept for ever
    }
    assertThat(host.supervisor.table.used()).isZero();
    assertThat(host.failures).isEmpty();
  }

  @TestTemplate
  void limitHoldsExactlyAndEveryOtherIsRefused_R21_F16() throws Exception {
    ManualSupervisor host = new ManualSupervisor().slots(100);
    Queue<WorkerId> ids = new ConcurrentLinkedQueue<>();
    Queue<Reason> refused = new ConcurrentLinkedQueue<>();
    inAllThreads(
        thread -> {
          for (int i = 0; i < 10; i++) {
            try {
              ids.add(host.register(ManualSupervisor.worker("w")).id());
            } catch (RegistrationRefused e) {
              refused.add(e.reason());
            }
          }
        });
    assertThat(slots(ids)).hasSize(100);
    assertThat(refused).hasSize(540).containsOnly(Reason.TABLE_FULL);
  }

  @TestTemplate
  void registrationsAndEndsOfRealLivesLeaveNothingBehind_R20_X15_F15() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor(32, ofMillis(20), Await.LONG)) {
      AtomicInteger lives = new AtomicInteger();
      BackgroundWorker worker = host.worker("w", context -> lives.incrementAndGet()).build();
      inAllThreads(
          thread -> {
            for (int i = 0; i < 20; i++) {
              try {
                host.registrar
                    .dynamicOrAwait(worker, WorkerSlot.Origin.DYNAMIC, Await.LONG)
                    .awaitGone(Await.LONG);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }
          });
      assertThat(lives).hasValue(THREADS * 20);
      assertThat(host.supervisor.table.used()).isZero();
      assertThat(host.supervisor.waiters.size()).isZero();
    }
  }
}
