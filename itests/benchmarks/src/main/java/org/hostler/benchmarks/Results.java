// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All figures of a run, by the JDK they were taken on and by name, in the order in which they came.
 *
 * <p>A machine that others use as well gives figures that move by half between minutes. So what is
 * compared is measured in turn, and compared pass by pass: a pass is one way through all parts on
 * one JDK, and the ratio of two figures is the median of those of the passes.
 */
final class Results {
  /** Where the figures of what runs on no JDK are. */
  static final int NO_JDK = 0;

  /** The pass of what is measured once for all. */
  static final int NO_PASS = -1;

  private final Map<Integer, Map<String, Series>> figures = new LinkedHashMap<>();

  /** Takes the figures of one JDK. */
  interface Sink {
    /**
     * Takes a figure of one round.
     *
     * @param name the key, without tabs
     * @param unit the same for all rounds
     */
    void add(String name, String unit, double value);

    /** Takes a line if it is one that says a figure (see {@link Figures}). */
    default boolean read(String line) {
      if (!line.startsWith(Figures.PREFIX)) {
        return false;
      }
      String[] parts = line.split("\t");
      if (parts.length != 4) {
        throw new IllegalArgumentException("\"%s\": no name, unit and value".formatted(line));
      }
      add(parts[1], parts[2], Double.parseDouble(parts[3]));
      return true;
    }
  }

  /**
   * Returns where figures are put.
   *
   * @param jdk the JDK they are taken on; {@link #NO_JDK} for none
   * @param pass the pass in which they are; what else is measured in it can be compared with them
   */
  Sink on(int jdk, int pass) {
    Map<String, Series> own = figures.computeIfAbsent(jdk, none -> new LinkedHashMap<>());
    return (name, unit, value) -> {
      Series old = own.get(name);
      own.put(name, old == null ? Series.of(unit, pass, value) : old.with(pass, value));
    };
  }

  /** Returns a figure of that JDK, or else one that belongs to no JDK. */
  Optional<Series> find(int jdk, String name) {
    Series own = of(jdk).get(name);
    return Optional.ofNullable(own != null ? own : of(NO_JDK).get(name));
  }

  /** Returns all figures of a JDK by name. */
  Map<String, Series> of(int jdk) {
    return figures.getOrDefault(jdk, Map.of());
  }

  /** Returns the numbers of all JDKs with figures, and {@link #NO_JDK} if there are any of it. */
  Set<Integer> jdks() {
    return new TreeSet<>(figures.keySet());
  }

  /** Returns a line for each figure: its name, its median, its range and the number of rounds. */
  String table() {
    StringBuilder table = new StringBuilder();
    figures.forEach(
        (jdk, all) -> {
          if (!all.isEmpty()) {
            table.append(jdk == NO_JDK ? "other programs" : "JDK " + jdk);
            table.append("; median (range, rounds)\n");
          }
          all.forEach(
              (name, series) ->
                  table.append(String.format(Locale.ROOT, "  %-44s %s%n", name, series.text())));
        });
    return table.toString();
  }
}
