// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Repeated.class)
@Tag(Repeated.TAG)
class LatchTimerTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final LatchTimer timer = new LatchTimer(Duration.ofMillis(20));

  private static WorkerLatch mine() {
    WorkerLatch latch = new WorkerLatch();
    latch.owner(Thread.currentThread());
    return latch;
  }

  private static void awaitWakeUp(WorkerLatch latch) {
    long limit = System.nanoTime() + Await.LONG.toNanos();
    while (latch.wakeUp != LatchTimer.NONE) {
      assertThat(System.nanoTime()).as("woken in time").isLessThan(limit);
      LockSupport.parkNanos(Await.LONG.toNanos());
    }
  }

  private static long in(long millis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void ownerIsUnparkedAtItsTimeAndNotBefore() {
    WorkerLatch latch = mine();
    long end = in(5);
    timer.arm(latch, end);
    awaitWakeUp(latch);
    assertThat(System.nanoTime() - end).isNotNegative();
    assertThat(timer.size()).isZero();
  }

  @Test
  void earlierTimeCountsAndLaterDoesNot() {
    WorkerLatch latch = mine();
    long end = System.nanoTime() + HOUR;
    timer.arm(latch, end + HOUR);
    timer.arm(latch, end);
    timer.arm(latch, end + 2 * HOUR);
    assertThat(timer.size()).isOne();
    assertThat(latch.wakeUp).isEqualTo(end);
    timer.arm(latch, in(5));
    awaitWakeUp(latch);
  }

  @Test
  void cancelledLatchIsForgotten() {
    WorkerLatch latch = mine();
    WorkerLatch other = mine();
    timer.arm(latch, in(3_600_000));
    timer.arm(other, in(3_600_000));
    timer.cancel(latch);
    timer.cancel(latch);
    assertThat(timer.size()).isOne();
    assertThat(latch.wakeUp).isEqualTo(LatchTimer.NONE);
    timer.cancel(other);
  }

  @Test
  void threadEndsWhenNobodyWaitsAndComesBack() {
    WorkerLatch latch = mine();
    for (int i = 0; i < 2; i++) {
      timer.arm(latch, in(1));
      awaitWakeUp(latch);
      Await.until(() -> !timer.isRunning());
    }
  }

  @Test
  void threadEndsWhenThoseItWaitsForAreCancelled() {
    WorkerLatch latch = mine();
    timer.arm(latch, in(TimeUnit.DAYS.toMillis(3_650)));
    assertThat(timer.isRunning()).isTrue();
    timer.cancel(latch);
    Await.until(() -> !timer.isRunning());
  }

  @Test
  void threadIsKeptWhileSomebodyWaitsAndInterruptsDoNotDisturbIt() {
    WorkerLatch latch = mine();
    long end = in(200);
    timer.arm(latch, end);
    while (latch.wakeUp != LatchTimer.NONE) {
      Thread.getAllStackTraces().keySet().stream()
          .filter(each -> each.getName().equals("hostler-latch-timer"))
          .forEach(Thread::interrupt);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(System.nanoTime() - end).isNotNegative();
    assertThat(timer.size()).isZero();
  }

  @TestTemplate
  void nobodyIsForgottenAmongMany() {
    Random random = new Random(1);
    List<WorkerLatch> latches = new ArrayList<>();
    long end = in(20);
    for (int i = 0; i < 2_000; i++) {
      WorkerLatch latch = mine();
      latches.add(latch);
      timer.arm(latch, end + random.nextInt(20_000_000));
      WorkerLatch changed = latches.get(random.nextInt(latches.size()));
      if (random.nextInt(3) == 0) {
        timer.cancel(changed);
      } else if (changed.wakeUp != LatchTimer.NONE) {
        timer.arm(changed, end + random.nextInt(20_000_000));
      }
    }
    for (WorkerLatch latch : latches) {
      awaitWakeUp(latch);
    }
    assertThat(timer.size()).isZero();
  }

  @TestTemplate
  void waitsEndInTimeWhileOthersSetAndTheTimerFires_L9() throws InterruptedException {
    AtomicInteger ended = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      WorkerLatch latch = new WorkerLatch();
      Thread thread = VirtualThreads.available() ? virtual(latch, ended) : platform(latch, ended);
      thread.start();
      threads.add(thread);
      Thread setter = new Thread(() -> setOften(latch, thread), "setter");
      setter.setDaemon(true);
      setter.start();
    }
    for (Thread thread : threads) {
      thread.join(Await.LONG.toMillis());
    }
    assertThat(ended).hasValue(8);
  }

  private static Thread virtual(WorkerLatch latch, AtomicInteger ended) {
    return VirtualThreads.make("waiter", () -> wait(latch, ended));
  }

  private static Thread platform(WorkerLatch latch, AtomicInteger ended) {
    return HostThreads.daemon("waiter", () -> wait(latch, ended));
  }

  private static void wait(WorkerLatch latch, AtomicInteger ended) {
    latch.owner(Thread.currentThread());
    for (int i = 0; i < 500; i++) {
      long begun = System.nanoTime();
      boolean set = latch.await(Duration.ofNanos(20_000L * (i % 7)));
      if (!set && System.nanoTime() - begun < 20_000L * (i % 7)) {
        throw new AssertionError("ended too early");
      }
      latch.reset();
    }
    latch.owner(null);
    ended.incrementAndGet();
  }

  private static void setOften(WorkerLatch latch, Thread thread) {
    while (thread.isAlive()) {
      latch.set();
      LockSupport.parkNanos(50_000);
    }
  }
}
