// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does, by looking often, until a deadline. */
public final class Await {
  /** Longer than anything takes on a busy machine. */
  public static final Duration LONG = Duration.ofSeconds(60);

  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private Await() {}

  public static void until(String what, BooleanSupplier condition) {
    until(LONG, what, condition);
  }

  public static void until(Duration limit, String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError(what + ": not within " + limit);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
