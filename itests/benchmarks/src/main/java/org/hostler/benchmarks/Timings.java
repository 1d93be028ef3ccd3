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

  /** Does something once. */
  interface Sample {
    /** Returns how long the part that counts took, in nanoseconds. */
    long take() throws InterruptedException;
  }

  /** Takes that many samples, one after the other. */
  static Timings of(int count, Sample sample) throws InterruptedException {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = sample.take();
    }
    return new Timings(times);
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
