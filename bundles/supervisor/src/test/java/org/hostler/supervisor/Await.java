// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do, with a deadline. */
final class Await {
  /** Far longer than anything here takes, also on a machine ten times as slow. */
  static final Duration LONG = Duration.ofSeconds(30);

  private Await() {}

  /** Returns when the condition holds; fails when it does not in time. */
  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not happen within " + LONG);
      }
      LockSupport.parkNanos(50_000);
    }
  }
}
