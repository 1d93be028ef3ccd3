// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hostler.benchmarks.Goal.Anchor;
import org.hostler.benchmarks.Goal.Outcome;
import org.hostler.benchmarks.Goal.Relation;
import org.hostler.benchmarks.Goal.Verdict;
import org.junit.jupiter.api.Test;

class GoalTest {
  private final Results results = new Results();

  private Outcome compare(Anchor anchor, Relation relation, double bound) {
    return new Goal("1", 25, "launch", "launch p50", anchor, relation, bound).on(25, results);
  }

  @Test
  void figureIsComparedWithThatOfTheSameRunInWhateverUnit() {
    results.on(25, 0).add("launch p50", "us", 40);
    results.on(Results.NO_JDK, 0).add("pg launch", "ms", 0.8);
    Outcome outcome = compare(Anchor.orRecorded("pg launch", 10, "us"), Relation.AT_MOST, 1 / 15.0);
    assertThat(outcome.ratio()).isCloseTo(0.05, offset(1e-9));
    assertThat(outcome.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(outcome.fromThisRun()).isTrue();
  }

  @Test
  void recordedFigureStandsInAndIsToldAsSuch() {
    results.on(25, 0).add("launch p50", "us", 40);
    Outcome outcome = compare(Anchor.orRecorded("pg launch", 400, "us"), Relation.AT_MOST, 0.05);
    assertThat(outcome.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(outcome.fromThisRun()).isFalse();
    assertThat(new GoalTable(List.of(outcome)).all()).contains("(pg launch 400 us, recorded)");
  }

  @Test
  void nothingIsReachedWithoutFigures() {
    assertThat(compare(Anchor.limit(1, "us"), Relation.AT_MOST, 1).verdict())
        .isEqualTo(Verdict.NOT_MEASURED);
    results.on(17, 0).add("launch p50", "us", 0.5);
    assertThat(compare(Anchor.limit(1, "us"), Relation.AT_MOST, 1).verdict())
        .isEqualTo(Verdict.NOT_MEASURED);
    results.on(25, 0).add("launch p50", "us", 0.5);
    assertThat(compare(Anchor.beside("bare p50"), Relation.AT_MOST, 1).verdict())
        .isEqualTo(Verdict.NOT_MEASURED);
    assertThat(compare(Anchor.limit(1, "us"), Relation.AT_MOST, 1).verdict())
        .isEqualTo(Verdict.REACHED);
  }

  @Test
  void ratesMustBeAtLeastAndAdditionsAtMost() {
    results.on(25, 0).add("launch p50", "us", 40);
    results.on(25, 0).add("bare p50", "us", 24);
    assertThat(compare(Anchor.beside("bare p50"), Relation.AT_LEAST, 1.5).verdict())
        .isEqualTo(Verdict.REACHED);
    Outcome added = compare(Anchor.beside("bare p50"), Relation.ADDS_AT_MOST, 15);
    assertThat(added.ratio()).isCloseTo(16, offset(1e-9));
    assertThat(added.verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void goalIsReachedOnlyWhenAllItsLinesAre() {
    results.on(25, 0).add("launch p50", "us", 40);
    Outcome reached = compare(Anchor.limit(50, "us"), Relation.AT_MOST, 1);
    Outcome unknown = compare(Anchor.beside("bare p50"), Relation.AT_MOST, 1);
    Outcome missed = compare(Anchor.limit(30, "us"), Relation.AT_MOST, 1);
    assertThat(new GoalTable(List.of(reached, reached)).count())
        .contains("Goals: 1 of 1 reached", "lines: 2 of 2 reached");
    assertThat(new GoalTable(List.of(reached, unknown)).count())
        .contains("Goals: 0 of 1 reached, 0 missed, 1 not measured");
    assertThat(new GoalTable(List.of(unknown, missed)).count())
        .contains("Goals: 0 of 1 reached, 1 missed, 0 not measured");
  }

  @Test
  void tableOfGoalsHasAllThatAreAskedFor() {
    Set<String> numbers = new Goals().all().stream().map(Goal::number).collect(Collectors.toSet());
    assertThat(numbers)
        .contains("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
        .contains("19", "20", "21", "22", "23", "24", "26", "28", "exec", "status");
  }

  @Test
  void summaryShowsTheVerdictOnAllLinesOfAGoal() {
    results.on(25, 0).add("launch p50", "us", 40);
    Outcome reached = compare(Anchor.limit(50, "us"), Relation.AT_MOST, 1);
    Outcome missed = compare(Anchor.limit(30, "us"), Relation.AT_MOST, 1);
    assertThat(new GoalTable(List.of(reached, missed)).heads())
        .contains("| ≤ 50 us | **missed**: 1 of 2 |")
        .doesNotContain("| reached");
  }

  /** The ratio of the medians is 1, as one side had its bad minute in another pass. */
  @Test
  void ratioIsTheMedianOfThoseOfThePasses() {
    double[] own = {10, 30, 80};
    double[] bare = {20, 120, 30};
    for (int pass = 0; pass < own.length; pass++) {
      results.on(25, pass).add("launch p50", "us", own[pass]);
      results.on(Results.NO_JDK, pass).add("pg launch", "ms", bare[pass] / 1_000);
      results.on(Results.NO_JDK, 10 + pass).add("pg launch", "ms", 0.001); // of another JDK
    }
    Outcome outcome = compare(Anchor.orRecorded("pg launch", 1, "us"), Relation.AT_MOST, 0.5);
    assertThat(outcome.ratio()).isCloseTo(0.5, offset(1e-9));
    assertThat(outcome.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(new GoalTable(List.of(outcome)).all()).contains("| 1/2.00 (1/4.00–2.67, 3) |");
  }

  @Test
  void whatIsAddedIsToldWithItsRange() {
    results.on(25, 0).add("launch p50", "us", 30);
    results.on(25, 1).add("launch p50", "us", 50);
    results.on(25, 0).add("bare p50", "us", 20);
    results.on(25, 1).add("bare p50", "us", 26);
    Outcome added = compare(Anchor.beside("bare p50"), Relation.ADDS_AT_MOST, 20);
    assertThat(new GoalTable(List.of(added)).all()).contains("| adds 17.0 us (10.0–24.0, 2) |");
  }

  @Test
  void whatMustNeverBeMoreIsComparedByItsLargestRound() {
    for (double value : new double[] {20, 30, 55}) {
      results.on(25, 0).add("launch p50", "us", value);
    }
    assertThat(compare(Anchor.limit(50, "us"), Relation.AT_MOST, 1).verdict())
        .isEqualTo(Verdict.REACHED);
    assertThat(compare(Anchor.limit(50, "us"), Relation.NEVER_MORE_THAN, 1).verdict())
        .isEqualTo(Verdict.MISSED);
  }
}
