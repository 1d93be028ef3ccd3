// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A run as a page for people. */
final class Markdown {
  /** The curves that must not grow. */
  private static final Set<String> FLAT = Set.of("launch", "lookup", "memory");

  private final Run run;
  private final GoalTable goals;
  private final StringBuilder page = new StringBuilder();

  private Markdown(Run run) {
    this.run = run;
    this.goals = new GoalTable(run.outcomes());
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
    markdown.summary();
    markdown.goals();
    markdown.failures();
    markdown.line("%n%s", Summary.missed(missed));
    markdown.breakdown("Memory of 100,000 live workers, or of 10,000 platform threads", "memory ");
    markdown.breakdown("Start-up by its parts, from executing bin/hostler on", "boot ");
    markdown.curves(curves);
    markdown.figures();
    return markdown.page.toString();
  }

  private void head() {
    line("# Benchmarks of %s", run.begun().truncatedTo(ChronoUnit.MINUTES));
    line("%n* Machine: %s", run.before().text());
    line(
        "* Load: %.2f before, %.2f after; the run took %d s",
        run.before().load(), run.after().load(), run.took().toSeconds());
    run.stolen()
        .ifPresent(
            percent ->
                line("* Processor time that was wanted and given to others: %.1f %%", percent));
    run.jdks().forEach(jdk -> line("* JDK %d: %s", jdk.feature(), jdk.version()));
    line(
        "* A run goes through all parts several times, with a round of most on each JDK. A ratio is"
            + " the median of those of the passes, whose range and number follow it. What other"
            + " programs need is shown as the median of all passes, on whichever JDK. A ratio"
            + " without a range is one of medians: to a limit, to what was recorded, or to what was"
            + " measured once at the end, as PostgreSQL's 5,000 workers.");
    line("* Anchors in parentheses were not run beside this; they were %s.", Goals.RECORDED);
    run.notes().forEach(note -> line("* %s", note));
    if (run.quick()) {
      line("%n**A quick run: too few rounds and samples for any figure to be quoted.**");
    }
  }

  /** Short enough for a README, which {@link Summary} copies it into. */
  private void summary() {
    line("%n## In short");
    String jdks =
        run.jdks().stream().map(jdk -> "JDK " + jdk.version()).collect(Collectors.joining(" and "));
    String measured =
        "Measured on %s, on %s%s%s. %s"
            .formatted(
                run.before().text(),
                jdks,
                others(),
                run.quick() ? ", **quickly: no figure is to be quoted**" : "",
                goals.count());
    line("%n%s", Summary.marked(measured + "\n\n" + goals.heads()));
  }

  /** Says how much processor time others had, where that is known. */
  private String others() {
    OptionalDouble stolen = run.stolen();
    return stolen.isEmpty()
        ? ""
        : "; of the processor time that was wanted others had %.0f %%"
            .formatted(stolen.getAsDouble());
  }

  private void goals() {
    line("%n## Goals");
    line("%n%s", goals.count());
    line("%n%s%n%s%n%s", "<!-- goals -->", goals.all(), "<!-- end of goals -->");
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
  private void breakdown(String title, String prefix) {
    table(title, names(name -> name.startsWith(prefix)));
  }

  private void curves(Map<String, List<Curve>> curves) {
    line("%n## Curves: 10 to 100,000 live workers");
    if (curves.isEmpty()) {
      line("%n%s", GoalTable.MISSING);
      return;
    }
    line("%n| curve | JDK | at each number of live workers | last / first | shape | asked |");
    line("|---|---|---|---|---|---|");
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
            "| %s (%s) | %d | %s | %s | %s | %s |",
            curve.name(),
            curve.unit(),
            curve.jdk(),
            points.toString().replaceAll("; $", ""),
            Series.number(curve.growth()),
            curve.shape(),
            FLAT.contains(curve.name()) ? "flat" : "no worse than linear");
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
      line("%n%s", GoalTable.MISSING);
      return;
    }
    StringBuilder head = new StringBuilder("| figure |");
    StringBuilder rule = new StringBuilder("|---|");
    for (int jdk : run.results().jdks()) {
      head.append(jdk == Results.NO_JDK ? " other programs |" : " JDK " + jdk + " |");
      rule.append("---|");
    }
    line("%n%s%n%s", head, rule);
    for (String name : names) {
      StringBuilder row = new StringBuilder("| " + name + " |");
      for (int jdk : run.results().jdks()) {
        Series series = run.results().of(jdk).get(name);
        row.append(' ').append(series == null ? "–" : Units.readable(series).text()).append(" |");
      }
      line("%s", row);
    }
  }

  private void line(String format, Object... arguments) {
    page.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
