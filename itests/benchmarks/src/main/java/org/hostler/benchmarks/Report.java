// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hostler.benchmarks.Goal.Outcome;

/**
 * A run as files: {@code report.md} for people, {@code report.json} for programs, and a picture of
 * each curve.
 */
final class Report {
  /** The page for people. */
  static final String PAGE = "report.md";

  private static final List<String> CURVES =
      List.of("launch", "restart", "terminate", "list", "list once", "lookup", "event", "memory");

  private final Path directory;
  private final Path missed;

  /**
   * Makes one.
   *
   * @param directory where the files go; it need not exist
   * @param missed what is written about missed goals; it need not exist
   */
  Report(Path directory, Path missed) {
    this.directory = directory;
    this.missed = missed;
  }

  static String plotFile(String curve) {
    return curve.replace(' ', '-') + ".svg";
  }

  /** Writes all files, over those of an earlier run; returns the page for people. */
  Path write(Run run) throws IOException {
    Files.createDirectories(directory);
    Map<String, List<Curve>> curves = curves(run);
    for (String name : CURVES) {
      Path plot = directory.resolve(plotFile(name));
      Files.deleteIfExists(plot);
      if (curves.containsKey(name)) {
        Files.writeString(plot, Plot.of(Objects.requireNonNull(curves.get(name))));
      }
    }
    Files.writeString(directory.resolve("report.json"), Json.of(json(run)));
    Path page = directory.resolve(PAGE);
    String about = Files.exists(missed) ? Files.readString(missed) : "";
    return Files.writeString(page, Markdown.of(run, curves, about));
  }

  private static Map<String, List<Curve>> curves(Run run) {
    Map<String, List<Curve>> curves = new LinkedHashMap<>();
    for (String name : CURVES) {
      List<Curve> all =
          run.features().stream()
              .map(jdk -> Curve.of(name, jdk, run.results()))
              .flatMap(Optional::stream)
              .toList();
      if (!all.isEmpty()) {
        curves.put(name, all);
      }
    }
    return curves;
  }

  private static Map<String, Object> json(Run run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("begun", run.begun().toString());
    json.put("seconds", run.took().toSeconds());
    json.put("quick", run.quick());
    json.put("machine", run.before().text());
    json.put("loadBefore", run.before().load());
    json.put("loadAfter", run.after().load());
    run.stolen().ifPresent(percent -> json.put("stolenPercent", percent));
    json.put("jdks", run.jdks().stream().map(Jdk::version).toList());
    json.put("notes", run.notes());
    json.put("goals", run.outcomes().stream().map(Report::json).toList());
    json.put("failures", run.failures().stream().map(Report::json).toList());
    Map<String, Object> figures = new LinkedHashMap<>();
    for (int jdk : run.results().jdks()) {
      Map<String, Object> all = new LinkedHashMap<>();
      run.results().of(jdk).forEach((name, series) -> all.put(name, json(series)));
      figures.put(Integer.toString(jdk), all);
    }
    json.put("figures", figures);
    return json;
  }

  private static Map<String, Object> json(Series series) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("unit", series.unit());
    json.put("median", series.median());
    json.put("least", series.least());
    json.put("most", series.most());
    json.put("rounds", series.rounds().size());
    json.put("values", series.rounds().stream().map(Series.Round::value).toList());
    json.put("passes", series.rounds().stream().map(Series.Round::pass).toList());
    return json;
  }

  private static Map<String, Object> json(Outcome outcome) {
    Goal goal = outcome.goal();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", goal.number());
    json.put("jdk", outcome.jdk());
    json.put("what", goal.text());
    json.put("figure", goal.figure());
    json.put("anchor", goal.anchor().name());
    json.put("anchorFromThisRun", outcome.fromThisRun());
    outcome.figure().ifPresent(series -> json.put("measured", json(series)));
    outcome.anchor().ifPresent(series -> json.put("beside", json(series)));
    json.put("ratio", outcome.ratio());
    outcome.ratios().ifPresent(ratios -> json.put("ratios", json(ratios)));
    json.put("relation", goal.relation().name());
    json.put("bound", goal.bound());
    json.put("verdict", outcome.verdict().name());
    return json;
  }

  private static Map<String, Object> json(Run.Failure failure) {
    return Map.of("part", failure.part(), "jdk", failure.jdk(), "reason", failure.reason());
  }
}
