// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Cancels one statement until it has ended.
 *
 * <p>Once is not enough: a driver that has not sent the statement yet, or a server that has not
 * begun with it, has nothing to cancel, and says nothing. The pauses grow, and there is an end: a
 * database that has not listened after some seconds is the ladder's affair.
 *
 * @param runs whether the statement runs
 * @param cancel cancels the statement; it is the driver's care that no other is hit
 * @param again cancels whatever the connection runs
 */
record Cancellation(BooleanSupplier runs, Runnable cancel, Runnable again) implements Runnable {
  private static final long SHORTEST = Duration.ofMillis(5).toNanos();
  private static final long LONGEST = Duration.ofSeconds(2).toNanos();

  @Override
  public void run() {
    cancel.run();
    for (long pause = SHORTEST; pause <= LONGEST; pause *= 2) {
      LockSupport.parkNanos(pause);
      if (!runs.getAsBoolean()) {
        return;
      }
      again.run();
    }
  }
}
