// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the machine has kept everybody waiting for a processor: a thread that asks to be woken
 * often adds up by how much it was woken late.
 *
 * <p>What is promised to end in time ends in time on a machine that works all the time; of what a
 * busy neighbour took away nobody can promise anything.
 */
public final class Stalls implements AutoCloseable {
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  /** What is usual on an idle machine does not count. */
  private static final long USUAL_NANOS = Duration.ofMillis(5).toNanos();

  private final Thread thread = new Thread(this::measure, "stalls");
  private final AtomicLong nanos = new AtomicLong();
  private volatile long since = System.nanoTime();
  private volatile boolean over;

  private Stalls() {}

  /** Begins to measure. */
  public static Stalls measured() {
    Stalls stalls = new Stalls();
    stalls.thread.setDaemon(true);
    stalls.thread.start();
    return stalls;
  }

  private void measure() {
    while (!over) {
      since = System.nanoTime();
      LockSupport.parkNanos(PAUSE_NANOS);
      nanos.addAndGet(late());
    }
  }

  private long late() {
    return Math.max(0, System.nanoTime() - since - PAUSE_NANOS - USUAL_NANOS);
  }

  /** Returns how long it was in all until now. */
  public Duration soFar() {
    return Duration.ofNanos(nanos.get() + late()); // its thread may not have woken yet
  }

  @Override
  public void close() {
    over = true;
  }
}
