// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.hostler.worker.Latch;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerExit;
import org.hostler.worker.WorkerMain;

/** Many workers that crash at the same time, and are to be started again at the same time. */
final class Storm implements WorkerMain {
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofDays(1);

  private final AtomicLongArray crashedAt;
  private final AtomicLongArray late;
  private final Queue<Latch> latches = new ConcurrentLinkedQueue<>();
  private final CountDownLatch waiting;
  private final CountDownLatch back;
  private volatile boolean broken;

  private Storm(int count) {
    crashedAt = new AtomicLongArray(count);
    late = new AtomicLongArray(count);
    waiting = new CountDownLatch(count);
    back = new CountDownLatch(count);
  }

  /**
   * Has workers crash together.
   *
   * @return by how much each life began later than one second after the end of the one before
   */
  static Timings of(Functions functions, int count) throws InterruptedException {
    Storm storm = new Storm(count);
    for (int number = 0; number < count; number++) {
      functions.act(number, storm, RestartPolicy.after(DELAY));
    }
    await(storm.waiting, "wait");
    storm.broken = true;
    storm.latches.forEach(Latch::set);
    await(storm.back, "are back");
    long[] late = new long[count];
    for (int i = 0; i < count; i++) {
      late[i] = storm.late.get(i);
    }
    return new Timings(late);
  }

  private static void await(CountDownLatch all, String what) throws InterruptedException {
    if (!all.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException(
          "the workers that %s are %d too few".formatted(what, all.getCount()));
    }
  }

  @Override
  public void run(WorkerContext context) {
    final long now = System.nanoTime();
    int number = (int) context.mainArg().asLong();
    if (crashedAt.get(number) != 0) {
      late.set(number, now - crashedAt.get(number) - DELAY.toNanos());
      back.countDown();
      return;
    }
    latches.add(context.latch());
    waiting.countDown();
    while (!broken) {
      context.latch().reset();
      context.checkForInterrupts();
      if (!broken) {
        context.latch().await(LONG);
      }
    }
    crashedAt.set(number, System.nanoTime());
    throw WorkerExit.with(1);
  }
}
