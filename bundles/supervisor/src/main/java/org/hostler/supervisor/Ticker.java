// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

/** Where monotonic time comes from; the simulation has its own. */
@FunctionalInterface
interface Ticker {
  /** The time of this JVM. */
  Ticker SYSTEM = System::nanoTime;

  /** Returns monotonic nanoseconds, of no particular origin. */
  long now();
}
