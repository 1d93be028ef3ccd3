// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.hostler.benchmarks.Goal.Outcome;
import org.hostler.benchmarks.Goal.Verdict;

/** Goals beside what was measured, as tables of a page. */
final class GoalTable {
  /** What a figure is called that is not there. */
  static final String MISSING = "not measured";

  private final List<Outcome> outcomes;

  GoalTable(List<Outcome> outcomes) {
    this.outcomes = outcomes;
  }

  /** Returns all lines. */
  String all() {
    return outcomes.stream().map(each -> row(each, each.verdict().toString())).collect(lines(""));
  }

  /**
   * Returns a line for each goal: the figures of its first on the newest JDK on which it is asked,
   * and the verdict on all of them.
   */
  String heads() {
    Map<String, List<Outcome>> goals =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.goal().number(), LinkedHashMap::new, Collectors.toList()));
    return goals.values().stream().map(GoalTable::head).collect(lines("all of its lines"));
  }

  private static String head(List<Outcome> goal) {
    BinaryOperator<Outcome> newer = (one, other) -> other.jdk() > one.jdk() ? other : one;
    List<Verdict> verdicts = goal.stream().map(Outcome::verdict).toList();
    Verdict whole = verdicts.stream().reduce(Verdict.REACHED, GoalTable::worse);
    String all =
        goal.size() == 1
            ? whole.toString()
            : "%s: %d of %d".formatted(whole, count(verdicts, whole), goal.size());
    return row(goal.stream().reduce(newer).orElseThrow(), all);
  }

  private static Collector<CharSequence, ?, String> lines(String verdict) {
    return Collectors.joining(
        "\n",
        "| # | JDK | what | median (range, rounds) | beside | ratio | asked | %s |\n"
                .formatted(verdict)
            + "|---|---|---|---|---|---|---|---|\n",
        "");
  }

  /** Returns how many goals, and how many lines, are reached. */
  String count() {
    Map<String, Verdict> whole = new LinkedHashMap<>();
    outcomes.forEach(each -> whole.merge(each.goal().number(), each.verdict(), GoalTable::worse));
    List<Verdict> lines = outcomes.stream().map(Outcome::verdict).toList();
    return "Goals: %s. Their lines: %s."
        .formatted(count(List.copyOf(whole.values())), count(lines));
  }

  private static String count(List<Verdict> verdicts) {
    return "%d of %d reached, %d missed, %d not measured"
        .formatted(
            count(verdicts, Verdict.REACHED),
            verdicts.size(),
            count(verdicts, Verdict.MISSED),
            count(verdicts, Verdict.NOT_MEASURED));
  }

  private static long count(List<Verdict> verdicts, Verdict wanted) {
    return verdicts.stream().filter(wanted::equals).count();
  }

  private static Verdict worse(Verdict one, Verdict other) {
    if (one == Verdict.MISSED || other == Verdict.MISSED) {
      return Verdict.MISSED;
    }
    return one == Verdict.NOT_MEASURED ? one : other;
  }

  private static String row(Outcome outcome, String verdict) {
    Goal goal = outcome.goal();
    return "| %s | %d | %s | %s | %s | %s | %s | %s |"
        .formatted(
            goal.number(),
            outcome.jdk(),
            goal.text(),
            outcome.figure().map(Units::readable).map(Series::text).orElse(MISSING),
            anchor(outcome),
            ratio(outcome),
            asked(goal),
            verdict);
  }

  private static String anchor(Outcome outcome) {
    Goal.Anchor anchor = outcome.goal().anchor();
    if (anchor.kind() == Goal.Anchor.Kind.LIMIT) {
      return "–";
    }
    String value =
        outcome
            .anchor()
            .map(Units::readable)
            .map(series -> Series.number(series.median()) + " " + series.unit())
            .orElse(MISSING);
    String text = anchor.name() + " " + value;
    return outcome.fromThisRun() || outcome.anchor().isEmpty() ? text : "(" + text + ", recorded)";
  }

  /** Returns the ratio that counts, how far those of the passes are apart, and their number. */
  private static String ratio(Outcome outcome) {
    if (outcome.ratios().isEmpty()) {
      return "–";
    }
    Goal goal = outcome.goal();
    Series all = outcome.ratios().get();
    String ratio = ratio(goal, outcome.ratio());
    return all.rounds().size() == 1 || !all.byPass()
        ? ratio
        : "%s (%s–%s, %d)"
            .formatted(
                ratio,
                plainRatio(goal, all.least()),
                plainRatio(goal, all.most()),
                all.rounds().size());
  }

  private static String ratio(Goal goal, double ratio) {
    String plain = plainRatio(goal, ratio);
    return goal.relation() == Goal.Relation.ADDS_AT_MOST ? "adds " + plain + " us" : plain;
  }

  /** Returns a ratio the way the bound is told: as a fraction where that is one. */
  private static String plainRatio(Goal goal, double ratio) {
    boolean fraction = isFraction(goal.bound()) && ratio > 0 && ratio < 1;
    return fraction ? "1/" + Series.number(1 / ratio) : Series.number(ratio);
  }

  private static boolean isFraction(double bound) {
    double below = 1 / bound;
    return below > 1.5 && Math.abs(below - Math.rint(below)) < 1e-6;
  }

  private static String asked(Goal goal) {
    if (goal.anchor().kind() == Goal.Anchor.Kind.LIMIT) {
      String rounds = goal.relation() == Goal.Relation.NEVER_MORE_THAN ? " in each round" : "";
      return "≤ %s %s%s".formatted(plain(goal.anchor().recorded()), goal.anchor().unit(), rounds);
    }
    String bound = isFraction(goal.bound()) ? "1/" + plain(1 / goal.bound()) : plain(goal.bound());
    return switch (goal.relation()) {
      case AT_MOST, NEVER_MORE_THAN -> "≤ " + bound;
      case AT_LEAST -> "≥ " + bound;
      case ADDS_AT_MOST -> "adds ≤ " + bound + " us";
    };
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%,.2f", value).replaceAll("\\.?0+$", "");
  }
}
