// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a figure goes with the number of live workers.
 *
 * @param name what is measured, such as {@code launch}
 * @param jdk on which
 * @param points by the number of live workers; at least two
 */
record Curve(String name, int jdk, SortedMap<Integer, Series> points) {
  private static final String AT = " at ";

  /** Up to here a machine's noise may move a figure that does not grow. */
  private static final double FLAT = 1.25;

  /** Up to here it may do so in between. */
  private static final double HUMP = 2;

  /** What noise may add from one point to the next to a figure that grows with the number. */
  private static final double LINEAR = 1.5;

  /** Returns the curve of what is measured as {@code curve NAME at N}. */
  static Optional<Curve> of(String name, int jdk, Results results) {
    String prefix = "curve " + name + AT;
    SortedMap<Integer, Series> points = new TreeMap<>();
    for (Map.Entry<String, Series> figure : results.of(jdk).entrySet()) {
      if (figure.getKey().startsWith(prefix)) {
        points.put(Integer.valueOf(figure.getKey().substring(prefix.length())), figure.getValue());
      }
    }
    return points.size() < 2 ? Optional.empty() : Optional.of(new Curve(name, jdk, points));
  }

  String unit() {
    return points.get(points.firstKey()).unit();
  }

  /** Returns the last figure divided by the first. */
  double growth() {
    return points.get(points.lastKey()).median() / points.get(points.firstKey()).median();
  }

  /** Returns whether the figure stays, grows more slowly than the number of workers, or faster. */
  String shape() {
    if (steepest() > LINEAR) {
      return "**worse than linear**";
    }
    if (growth() <= FLAT) {
      return highest() <= HUMP ? "flat" : "flat but for a hump";
    }
    double levels = (double) points.lastKey() / points.firstKey();
    return String.format(Locale.ROOT, "as N^%.2f", Math.log(growth()) / Math.log(levels));
  }

  /** Returns the greatest figure divided by the first. */
  private double highest() {
    double first = points.get(points.firstKey()).median();
    return points.values().stream().mapToDouble(Series::median).max().orElse(first) / first;
  }

  /** Returns the greatest growth from one point to the next, beside that of the number. */
  private double steepest() {
    double steepest = 0;
    int before = points.firstKey();
    for (int level : points.tailMap(before + 1).keySet()) {
      double growth = points.get(level).median() / points.get(before).median();
      steepest = Math.max(steepest, growth * before / level);
      before = level;
    }
    return steepest;
  }
}
