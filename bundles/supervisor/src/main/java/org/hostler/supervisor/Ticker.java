// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

/** Where monotonic time comes from; the simulation has its own. */
@FunctionalInterface
interface Ticker {
  /** The time of this JVM, from 0 on, so that {@link WorkerSlot#NEVER} is later than any of it. */
  Ticker SYSTEM = sinceNow();

  /** Returns monotonic nanoseconds, never negative. */
  long now();

  private static Ticker sinceNow() {
    long origin = System.nanoTime();
    return () -> System.nanoTime() - origin;
  }
}
