// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * One figure over the rounds of a run.
 *
 * @param unit of each value
 * @param sorted a value for each round, the smallest first; at least one
 */
record Series(String unit, double[] sorted) {
  Series {
    if (sorted.length == 0) {
      throw new IllegalArgumentException("a figure without any round is no figure");
    }
    sorted = sorted.clone();
    Arrays.sort(sorted);
  }

  /** Returns this with one more round. */
  Series with(double value) {
    double[] more = Arrays.copyOf(sorted, sorted.length + 1);
    more[sorted.length] = value;
    return new Series(unit, more);
  }

  int rounds() {
    return sorted.length;
  }

  double least() {
    return sorted[0];
  }

  double most() {
    return sorted[sorted.length - 1];
  }

  /** Returns the value in the middle; of an even number, the mean of the two there. */
  double median() {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Returns for instance {@code 24.1 us (22.0–29.3, 5)}: the median, the range, the rounds. */
  String text() {
    String median = (number(median()) + " " + unit).strip();
    return sorted.length == 1
        ? median + " (once)"
        : "%s (%s–%s, %d)".formatted(median, number(least()), number(most()), rounds());
  }

  /** Returns a number with three digits that mean something, or all of its whole ones. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    int decimals = (int) Math.max(0, 2 - Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%,." + Math.min(decimals, 9) + "f", value);
  }
}
