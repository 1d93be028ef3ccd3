// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes the time from asking that something be run to its running.
 *
 * <p>One thing at a time: what is started calls {@link #enter()} first. The asking thread does not
 * spin meanwhile, as that would keep one of few processors from what it waits for.
 */
final class Stopwatch {

  /** Has {@link #enter()} called on another thread. */
  interface Starter {
    /** Asks for it, and returns how to wait for that thread's end. */
    End start();
  }

  /** The end of what was started. */
  interface End {
    void await() throws InterruptedException;
  }

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

  private volatile long entered;

  /** Called first by what is started. */
  void enter() {
    entered = System.nanoTime();
  }

  /**
   * Starts one every millisecond, so that the processors have gone to sleep each time.
   *
   * @param calls where the duration of the call itself is put, one for each
   */
  Timings apart(int count, Starter starter, long[] calls) throws InterruptedException {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      entered = 0;
      long asked = System.nanoTime();
      final End end = starter.start();
      calls[i] = System.nanoTime() - asked;
      LockSupport.parkNanos(MILLISECOND);
      times[i] = awaitEntered(asked) - asked;
      end.await();
    }
    return new Timings(times);
  }

  /**
   * Starts the next as soon as the one before has ended.
   *
   * @param calls where the duration of the call itself is put, one for each
   */
  Timings backToBack(int count, Starter starter, long[] calls) throws InterruptedException {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      entered = 0;
      long asked = System.nanoTime();
      End end = starter.start();
      calls[i] = System.nanoTime() - asked;
      end.await();
      times[i] = awaitEntered(asked) - asked;
    }
    return new Timings(times);
  }

  private long awaitEntered(long asked) {
    while (entered == 0) {
      if (System.nanoTime() - asked > LONGEST) {
        throw new IllegalStateException("what was started has not run for ten seconds");
      }
      LockSupport.parkNanos(MILLISECOND / 20);
    }
    return entered;
  }
}
