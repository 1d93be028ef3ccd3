// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A clock that is right to {@value #TICK_MILLIS} ms and costs a read of a field: looking at the
 * real one twice for each statement would cost an embedded database up to a tenth of its speed.
 *
 * <p>It ticks on a thread of its own while it is asked, and stops when nobody has asked for a
 * while. Asked again, it looks at the real clock and goes on.
 */
final class StatementClock {
  private static final int TICK_MILLIS = 10;
  private static final int IDLE_TICKS = 20;

  private final Executor threads;
  private final LongSupplier nanos;
  private volatile long now;
  private volatile boolean asked;
  private boolean ticking;

  /**
   * Makes a clock that does not tick yet.
   *
   * @param threads where it ticks
   * @param nanos the real clock, monotonic
   */
  StatementClock(Executor threads, LongSupplier nanos) {
    this.threads = threads;
    this.nanos = nanos;
  }

  /** Returns the time in nanoseconds of the monotonic clock. */
  long now() {
    if (!asked) {
      ask();
    }
    return now;
  }

  private synchronized void ask() {
    if (!ticking) {
      now = nanos.getAsLong();
      ticking = true;
      threads.execute(this::tick);
    }
    asked = true; // not before: whoever sees it takes the time as it is
  }

  private void tick() {
    for (int idle = 0; idle < IDLE_TICKS; idle++) {
      LockSupport.parkNanos(TICK_MILLIS * 1_000_000L);
      now = nanos.getAsLong();
      if (asked) {
        asked = false;
        idle = 0;
      }
      if (Thread.currentThread().isInterrupted()) {
        break; // the host ends
      }
    }
    synchronized (this) {
      asked = false;
      ticking = false;
    }
  }
}
