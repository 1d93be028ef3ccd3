// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.hostler.benchmarks.Goal.Outcome;
import org.hostler.benchmarks.Goal.Verdict;

/** A run as a page for people. */
final class Markdown {
  private static final String MISSING = "not measured";

  private final Run run;
  private final List<Outcome> outcomes;
  private final StringBuilder page = new StringBuilder();

  private Markdown(Run run) {
    this.run = run;
    this.outcomes = run.outcomes();
  }

  /**
   * Returns the page.
   *
   * @param run what was measured
   * @param curves all of them, by name
   * @param missed what is written about missed goals; empty if nothing
   */
  static String of(Run run, Map<String, List<Curve>> curves, String missed) {
    Markdown markdown = new Markdown(run);
    markdown.head();
    markdown.goals();
    markdown.failures();
    if (!missed.isBlank()) {
      markdown.line("%n%s", missed.strip());
    }
    markdown.breakdown("Memory of 100,000 live workers", "memory ", "of a resident worker each");
    markdown.breakdown("Start-up", "boot ", "from executing bin/hostler on");
    markdown.curves(curves);
    markdown.figures();
    return markdown.page.toString();
  }

  private void head() {
    line("# Benchmarks of %s", run.begun());
    line("%n* Machine: %s", run.before().text());
    line(
        "* Load: %.2f before, %.2f after; the run took %d s",
        run.before().load(), run.after().load(), run.took().toSeconds());
    run.jdks().forEach(jdk -> line("* JDK %d: %s", jdk.feature(), jdk.version()));
    line("* Anchors in parentheses were not run beside this; they were %s.", Goals.RECORDED);
    run.notes().forEach(note -> line("* %s", note));
    if (run.quick()) {
      line("%n**A quick run: too few rounds and samples for any figure to be quoted.**");
    }
  }

  private void goals() {
    line("%n## Goals");
    Map<String, Verdict> whole = new LinkedHashMap<>();
    outcomes.forEach(each -> whole.merge(each.goal().number(), each.verdict(), Markdown::worse));
    line(
        "%n%d of %d goals reached, %d missed, %d not measured in full; of the %d lines below, %d"
            + " reached, %d missed, %d not measured.",
        whole.values().stream().filter(Verdict.REACHED::equals).count(),
        whole.size(),
        whole.values().stream().filter(Verdict.MISSED::equals).count(),
        whole.values().stream().filter(Verdict.NOT_MEASURED::equals).count(),
        outcomes.size(),
        count(Verdict.REACHED),
        count(Verdict.MISSED),
        count(Verdict.NOT_MEASURED));
    line("%n<!-- goals -->");
    line("| # | JDK | what | median (range, rounds) | beside | ratio | asked | |");
    line("|---|---|---|---|---|---|---|---|");
    outcomes.forEach(this::goal);
    line("<!-- end of goals -->");
  }

  private static Verdict worse(Verdict one, Verdict other) {
    if (one == Verdict.MISSED || other == Verdict.MISSED) {
      return Verdict.MISSED;
    }
    return one == Verdict.NOT_MEASURED ? one : other;
  }

  private long count(Verdict verdict) {
    return outcomes.stream().filter(each -> each.verdict() == verdict).count();
  }

  private void goal(Outcome outcome) {
    Goal goal = outcome.goal();
    line(
        "| %s | %d | %s | %s | %s | %s | %s | %s |",
        goal.number(),
        outcome.jdk(),
        goal.text(),
        outcome.figure().map(Series::text).orElse(MISSING),
        anchor(outcome),
        ratio(outcome),
        asked(goal),
        outcome.verdict());
  }

  private static String anchor(Outcome outcome) {
    Goal.Anchor anchor = outcome.goal().anchor();
    if (anchor.kind() == Goal.Anchor.Kind.LIMIT) {
      return "–";
    }
    String value =
        outcome
            .anchor()
            .map(series -> Series.number(series.median()) + " " + series.unit())
            .orElse(MISSING);
    String text = anchor.name() + " " + value;
    return outcome.fromThisRun() || outcome.anchor().isEmpty() ? text : "(" + text + ", recorded)";
  }

  /** Returns a ratio the way the bound is told: as a fraction where that is one. */
  private static String ratio(Outcome outcome) {
    double ratio = outcome.ratio();
    if (Double.isNaN(ratio)) {
      return "–";
    }
    boolean fraction = isFraction(outcome.goal().bound()) && ratio > 0 && ratio < 1;
    return fraction ? "1/" + Series.number(1 / ratio) : Series.number(ratio);
  }

  private static boolean isFraction(double bound) {
    double below = 1 / bound;
    return below > 1.5 && Math.abs(below - Math.rint(below)) < 1e-6;
  }

  private static String asked(Goal goal) {
    if (goal.anchor().kind() == Goal.Anchor.Kind.LIMIT) {
      return "≤ %s %s".formatted(plain(goal.anchor().recorded()), goal.anchor().unit());
    }
    String bound = isFraction(goal.bound()) ? "1/" + plain(1 / goal.bound()) : plain(goal.bound());
    return switch (goal.relation()) {
      case AT_MOST -> "≤ " + bound;
      case AT_LEAST -> "≥ " + bound;
      case ADDS_AT_MOST -> "adds ≤ " + bound + " us";
    };
  }

  private static String plain(double value) {
    String text = String.format(Locale.ROOT, "%,.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  private void failures() {
    if (run.failures().isEmpty()) {
      return;
    }
    line("%n## What could not be measured%n");
    run.failures()
        .forEach(
            failure ->
                line(
                    "* `%s`%s: %s",
                    failure.part(),
                    failure.jdk().isEmpty() ? "" : " on JDK " + failure.jdk(),
                    failure.reason()));
  }

  /** All figures whose names begin so, JDKs beside each other. */
  private void breakdown(String title, String prefix, String what) {
    table(title + ", " + what, names(name -> name.startsWith(prefix)));
  }

  private void curves(Map<String, List<Curve>> curves) {
    line("%n## Curves: 10 to 100,000 live workers");
    if (curves.isEmpty()) {
      line("%n%s", MISSING);
      return;
    }
    line("%n| curve | JDK | at each number of live workers | last / first | shape |");
    line("|---|---|---|---|---|");
    for (List<Curve> ofAll : curves.values()) {
      for (Curve curve : ofAll) {
        StringBuilder points = new StringBuilder();
        curve
            .points()
            .forEach(
                (level, series) ->
                    points.append(
                        String.format(
                            Locale.ROOT, "%,d: %s; ", level, Series.number(series.median()))));
        line(
            "| %s (%s) | %d | %s | %s | %s |",
            curve.name(),
            curve.unit(),
            curve.jdk(),
            points.toString().replaceAll("; $", ""),
            Series.number(curve.growth()),
            curve.shape());
      }
    }
    line("");
    curves.keySet().forEach(name -> line("![%s](%s)", name, Report.plotFile(name)));
  }

  private void figures() {
    table("All figures", names(name -> !name.startsWith("curve ")));
  }

  private Set<String> names(Predicate<String> wanted) {
    Set<String> names = new LinkedHashSet<>();
    for (int jdk : run.results().jdks()) {
      run.results().of(jdk).keySet().stream().filter(wanted).forEach(names::add);
    }
    return names;
  }

  private void table(String title, Set<String> names) {
    line("%n## %s", title);
    if (names.isEmpty()) {
      line("%n%s", MISSING);
      return;
    }
    StringBuilder head = new StringBuilder("| figure |");
    StringBuilder rule = new StringBuilder("|---|");
    for (int jdk : run.results().jdks()) {
      head.append(jdk == Results.NO_JDK ? " without Java |" : " JDK " + jdk + " |");
      rule.append("---|");
    }
    line("%n%s%n%s", head, rule);
    for (String name : names) {
      StringBuilder row = new StringBuilder("| " + name + " |");
      for (int jdk : run.results().jdks()) {
        Series series = run.results().of(jdk).get(name);
        row.append(' ').append(series == null ? "–" : series.text()).append(" |");
      }
      line("%s", row);
    }
  }

  private void line(String format, Object... arguments) {
    page.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
