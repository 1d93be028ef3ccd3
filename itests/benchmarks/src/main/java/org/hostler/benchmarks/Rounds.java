// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Figures that are taken once a round, by name, and shown as their median and range.
 *
 * <p>A machine that others use as well gives figures that move by half between minutes. So what is
 * compared is measured in turn, round by round, and a ratio is the ratio of medians.
 */
final class Rounds {
  private final Map<String, double[]> figures = new LinkedHashMap<>();

  void add(String name, double figure) {
    figures.merge(
        name,
        new double[] {figure},
        (old, one) -> {
          double[] all = Arrays.copyOf(old, old.length + 1);
          all[old.length] = one[0];
          return all;
        });
  }

  /** Adds the median and the 99th percentile of times. */
  void add(String name, Timings timings) {
    add(name + " p50", timings.micros(0.5));
    add(name + " p99", timings.micros(0.99));
  }

  /** Returns the median of a figure over the rounds. */
  double median(String name) {
    double[] sorted = sorted(name);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private double[] sorted(String name) {
    double[] sorted = figures.getOrDefault(name, new double[0]).clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Returns {@code 24.1 (22.0-29.3, 5 rounds)}. */
  String text(String name) {
    double[] sorted = sorted(name);
    return sorted.length == 0
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.1f (%.1f-%.1f, %d)",
            median(name),
            sorted[0],
            sorted[sorted.length - 1],
            sorted.length);
  }

  /** Returns the ratio of two medians. */
  String ratio(String name, String of) {
    return String.format(Locale.ROOT, "%.2f", median(name) / median(of));
  }

  /** Returns a line for each figure: its name, its median, its range and the number of rounds. */
  String table(String unit) {
    StringBuilder table = new StringBuilder();
    for (String name : figures.keySet()) {
      table.append(String.format(Locale.ROOT, "  %-44s %s %s%n", name, text(name), unit));
    }
    return table.toString();
  }
}
