// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Bare threads that wait until they are to end: what stands beside a {@link Crowd}. */
final class BareCrowd implements AutoCloseable {
  private final boolean virtual;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean over;

  /**
   * Makes it.
   *
   * @param virtual whether they are virtual threads
   */
  BareCrowd(boolean virtual) {
    this.virtual = virtual;
  }

  /**
   * Starts threads until there are so many, and waits until all of them run.
   *
   * @return how long that took, in milliseconds
   */
  double fill(int level) {
    long begun = System.nanoTime();
    while (threads.size() < level) {
      threads.add(virtual ? BareThreads.virtual(this::stay) : BareThreads.platform(this::stay));
    }
    while (running.get() != level) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  private void stay() {
    running.incrementAndGet();
    while (!over) {
      LockSupport.park(this);
    }
  }

  @Override
  public void close() {
    over = true;
    threads.forEach(LockSupport::unpark);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while threads end", e);
    }
  }
}
