// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.Arrays;

/**
 * Measured times of one round.
 *
 * @param sorted in nanoseconds, the shortest first
 */
record Timings(long[] sorted) {
  Timings {
    sorted = sorted.clone();
    Arrays.sort(sorted);
  }

  /** Returns the time below which that part of all lies, in microseconds. */
  double micros(double part) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int index = (int) Math.min(sorted.length - 1L, Math.round(sorted.length * part));
    return sorted[index] / 1_000.0;
  }
}
