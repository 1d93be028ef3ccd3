// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Says what was measured, a line for each figure of each round: {@code figure}, the name, the unit
 * and the value, separated by tabs.
 *
 * <p>The names are keys: the driver collects the values by JDK and name, and the goals refer to
 * them. Whatever else is on standard output is for people.
 */
final class Figures {
  /** How such a line begins. */
  static final String PREFIX = "figure\t";

  private final PrintStream out;

  Figures(PrintStream out) {
    this.out = out;
  }

  /** Returns this, or one that says nothing, for a round that only warms up. */
  Figures counting(boolean counts) {
    return counts
        ? this
        : new Figures(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
  }

  /**
   * Says one figure.
   *
   * @param name its name, without tabs
   * @param unit its unit, for instance {@code us}
   * @param value a finite number; it is written as a plain decimal with a point
   */
  void add(String name, String unit, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "figure \"%s\": it is %s\nthat is no number\nMeasure something first."
              .formatted(name, value));
    }
    out.println(PREFIX + String.format(Locale.ROOT, "%s\t%s\t%.4f", name, unit, value));
    out.flush();
  }

  /** Says the median and the 99th percentile of times, in microseconds. */
  void add(String name, Timings timings) {
    add(name + " p50", "us", timings.micros(0.5));
    add(name + " p99", "us", timings.micros(0.99));
  }
}
