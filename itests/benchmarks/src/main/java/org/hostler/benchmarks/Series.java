// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * One figure over the rounds of a run.
 *
 * @param unit of each value
 * @param rounds a value for each, in the order in which they were taken; at least one
 */
record Series(String unit, List<Round> rounds) {
  Series {
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("a figure without any round is no figure");
    }
    rounds = List.copyOf(rounds);
  }

  /**
   * A value.
   *
   * @param pass the pass through all parts in which it was taken, or {@link Results#NO_PASS}
   * @param value in the unit of the figure
   */
  record Round(int pass, double value) {}

  /** Makes the first value of a figure. */
  static Series of(String unit, int pass, double value) {
    return new Series(unit, List.of(new Round(pass, value)));
  }

  /** Returns this with one more round. */
  Series with(int pass, double value) {
    List<Round> more = new ArrayList<>(rounds);
    more.add(new Round(pass, value));
    return new Series(unit, more);
  }

  /** Returns this with other values, in another unit. */
  Series map(String newUnit, DoubleUnaryOperator value) {
    return new Series(
        newUnit,
        rounds.stream()
            .map(round -> new Round(round.pass(), value.applyAsDouble(round.value())))
            .toList());
  }

  /**
   * Compares this with what was measured beside it.
   *
   * @return how the medians of each pass compare in which there are both; if there is no such pass,
   *     how each round compares with the median of all of the other's, as of {@link
   *     Results#NO_PASS}
   */
  Series beside(Series other, DoubleBinaryOperator comparison) {
    Map<Integer, Series> own = passes();
    Map<Integer, Series> others = other.passes();
    List<Round> pairs =
        own.entrySet().stream()
            .filter(each -> each.getKey() != Results.NO_PASS && others.containsKey(each.getKey()))
            .map(
                each ->
                    new Round(
                        each.getKey(),
                        comparison.applyAsDouble(
                            each.getValue().median(), others.get(each.getKey()).median())))
            .toList();
    return pairs.isEmpty()
        ? map("", value -> comparison.applyAsDouble(value, other.median())).inNoPass()
        : new Series("", pairs);
  }

  private Series inNoPass() {
    return new Series(
        unit, rounds.stream().map(round -> new Round(Results.NO_PASS, round.value())).toList());
  }

  /** Returns whether each value is of a pass. */
  boolean byPass() {
    return rounds.stream().noneMatch(round -> round.pass() == Results.NO_PASS);
  }

  /** Returns the rounds of each pass. */
  private Map<Integer, Series> passes() {
    return rounds.stream()
        .collect(
            Collectors.groupingBy(
                Round::pass,
                TreeMap::new,
                Collectors.collectingAndThen(Collectors.toList(), all -> new Series(unit, all))));
  }

  double least() {
    return sorted().get(0);
  }

  double most() {
    return sorted().get(rounds.size() - 1);
  }

  /** Returns the value in the middle; of an even number, the mean of the two there. */
  double median() {
    List<Double> sorted = sorted();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private List<Double> sorted() {
    return rounds.stream().map(Round::value).sorted(Comparator.naturalOrder()).toList();
  }

  /** Returns for instance {@code 24.1 us (22.0–29.3, 5)}: the median, the range, the rounds. */
  String text() {
    String median = (number(median()) + " " + unit).strip();
    return rounds.size() == 1
        ? median + " (once)"
        : "%s (%s–%s, %d)".formatted(median, number(least()), number(most()), rounds.size());
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
