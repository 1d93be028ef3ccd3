// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerExit;
import org.hostler.worker.WorkerMain;

/**
 * One worker that ends with status 1, is started again, and takes the time from the end of one life
 * to the code of the next, until it has taken enough.
 *
 * <p>Its lives follow one another, so what it writes needs no lock; it is read after {@link
 * #await()}.
 */
final class Crashes implements WorkerMain {
  private final Duration delay;
  private final Duration pause;
  private final long[] late;
  private final CountDownLatch done = new CountDownLatch(1);
  private int taken;
  private boolean crashed;
  private long crashedAt;

  /**
   * Makes it.
   *
   * @param count how many restarts there are to be
   * @param delay the delay of its restart policy, which does not count
   * @param pause for how long each life waits on its latch before it ends
   */
  Crashes(int count, Duration delay, Duration pause) {
    late = new long[count];
    this.delay = delay;
    this.pause = pause;
  }

  /** Returns times from a crash to the code of the next life, crashes at least a ms apart. */
  static Timings atOnce(Functions functions, int count) throws InterruptedException {
    Crashes crashes = new Crashes(count, Duration.ZERO, Duration.ofMillis(1));
    functions.act(0, crashes, crashes.policy());
    return crashes.await();
  }

  /** Returns the policy its worker is to have. */
  RestartPolicy policy() {
    return RestartPolicy.after(delay);
  }

  @Override
  public void run(WorkerContext context) {
    long now = System.nanoTime();
    if (crashed) {
      late[taken++] = now - crashedAt - delay.toNanos();
    }
    if (taken == late.length) {
      done.countDown();
      return;
    }
    crashed = true;
    if (!pause.isZero()) {
      context.latch().await(pause);
    }
    crashedAt = System.nanoTime();
    throw WorkerExit.with(1);
  }

  /** Waits until all have happened, and returns how late each was. */
  Timings await() throws InterruptedException {
    if (!done.await(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException("%d of %d restarts".formatted(taken, late.length));
    }
    return new Timings(late);
  }
}
