// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Two threads that wake each other in turn. */
final class Rally {

  /** What one of the two wakes the other with, and waits in. */
  interface Side {
    /** Wakes the other. */
    void wakeOther();

    /** Returns when it holds; it can begin to hold only before this side is woken. */
    void await(BooleanSupplier condition);
  }

  private final int warmUp;
  private final int count;
  private final CountDownLatch over = new CountDownLatch(2);
  private volatile boolean answered = true;
  private volatile long taken;

  /**
   * Makes it.
   *
   * @param warmUp how many round trips do not count
   * @param count how many do
   */
  Rally(int warmUp, int count) {
    this.warmUp = warmUp;
    this.count = count;
  }

  /** Begins, and takes the time; run by one of the two threads. */
  void serve(Side side) {
    serve(side, warmUp);
    long begun = System.nanoTime();
    serve(side, count);
    taken = System.nanoTime() - begun;
    over.countDown();
  }

  private void serve(Side side, int times) {
    for (int i = 0; i < times; i++) {
      answered = false;
      side.wakeOther();
      side.await(() -> answered);
    }
  }

  /** Answers; run by the other of the two threads. */
  void answer(Side side) {
    for (int i = 0; i < warmUp + count; i++) {
      side.await(() -> !answered);
      answered = true;
      side.wakeOther();
    }
    over.countDown();
  }

  /** Waits for the end; returns how long a round trip took, in microseconds. */
  double await() throws InterruptedException {
    if (!over.await(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException("two threads do not wake each other any more");
    }
    return taken / 1e3 / count;
  }
}
