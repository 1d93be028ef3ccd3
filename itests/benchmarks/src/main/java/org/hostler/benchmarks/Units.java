// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.Map;

/** The units of figures, so that milliseconds can be compared with microseconds. */
final class Units {
  private static final Map<String, Double> FACTORS =
      Map.ofEntries(
          Map.entry("ns", 1e-9),
          Map.entry("us", 1e-6),
          Map.entry("ms", 1e-3),
          Map.entry("s", 1.0),
          Map.entry("bytes", 1.0),
          Map.entry("kB", 1_024.0),
          Map.entry("MB", 1_048_576.0),
          Map.entry("/s", 1.0),
          Map.entry("k/s", 1e3),
          Map.entry("%", 1.0),
          Map.entry("", 1.0));

  /** The next larger unit, and how many of the smaller it is. */
  private static final Map<String, Map.Entry<String, Double>> LARGER =
      Map.of(
          "ns", Map.entry("us", 1e3),
          "us", Map.entry("ms", 1e3),
          "bytes", Map.entry("kB", 1_024.0));

  /** From here on a number is better told in the larger unit. */
  private static final double LARGE = 10_000;

  private Units() {}

  /** Returns a figure in the unit in which people can read it. */
  static Series readable(Series series) {
    Map.Entry<String, Double> larger = LARGER.get(series.unit());
    if (larger == null || series.median() < LARGE) {
      return series;
    }
    return readable(series.map(larger.getKey(), value -> value / larger.getValue()));
  }

  /**
   * Returns a value in the base of its kind: seconds, bytes, events a second.
   *
   * @throws IllegalArgumentException if the unit is none of those that are known
   */
  static double inBase(double value, String unit) {
    Double factor = FACTORS.get(unit);
    if (factor == null) {
      throw new IllegalArgumentException("unit \"%s\": unknown".formatted(unit));
    }
    return value * factor;
  }
}
