// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.Optional;

/**
 * One thing that is asked of the host: a figure, what it is compared with, and the bound.
 *
 * @param number the goal it belongs to; several may share one, which is reached when all are
 * @param jdk on which it is asked; {@link #EVERY_JDK} on each that is measured
 * @param text what is asked, for people
 * @param figure the name of the figure
 * @param anchor what it is compared with
 * @param relation how
 * @param bound of the ratio, or of the difference, to the anchor
 */
record Goal(
    String number,
    int jdk,
    String text,
    String figure,
    Anchor anchor,
    Relation relation,
    double bound) {

  /** Asked on each JDK that is measured. */
  static final int EVERY_JDK = -1;

  /** How a figure is compared. */
  enum Relation {
    /** The figure divided by the anchor is no more than the bound. */
    AT_MOST,
    /** The same, and not only in the middle: for the largest figure of all rounds. */
    NEVER_MORE_THAN,
    /** The figure divided by the anchor is no less than the bound. */
    AT_LEAST,
    /** The figure less the anchor is no more than the bound, in the anchor's unit. */
    ADDS_AT_MOST
  }

  /**
   * What a figure is compared with.
   *
   * @param name a figure of the same run if there is one of that name; what was recorded elsewhere
   *     otherwise
   * @param recorded used when this run has no such figure; not a number when there is none
   * @param unit of the recorded value
   * @param kind what kind of thing it is
   */
  record Anchor(String name, double recorded, String unit, Kind kind) {

    /** What an anchor is. */
    enum Kind {
      /** Another figure. */
      FIGURE,
      /** A bound as such: there is nothing beside it. */
      LIMIT
    }

    /** A figure that is always measured in the same run, on the same JDK. */
    static Anchor beside(String name) {
      return new Anchor(name, Double.NaN, "", Kind.FIGURE);
    }

    /** A figure that is measured in the same run if it can be. */
    static Anchor orRecorded(String name, double recorded, String unit) {
      return new Anchor(name, recorded, unit, Kind.FIGURE);
    }

    /** Just a bound. */
    static Anchor limit(double value, String unit) {
      return new Anchor("limit", value, unit, Kind.LIMIT);
    }
  }

  /** What has become of a goal. */
  enum Verdict {
    /** It holds. */
    REACHED,
    /** It does not. */
    MISSED,
    /** The figure, or what it is compared with, is not there. */
    NOT_MEASURED;

    @Override
    public String toString() {
      return switch (this) {
        case REACHED -> "reached";
        case MISSED -> "**missed**";
        case NOT_MEASURED -> "not measured";
      };
    }
  }

  /**
   * A goal beside what was measured.
   *
   * @param goal the goal
   * @param jdk the JDK
   * @param figure what was measured
   * @param anchor what it is compared with
   * @param fromThisRun whether that was measured in this run too, and not recorded elsewhere
   * @param ratios the figure divided by the anchor, or the difference, in each pass; of no pass
   *     when none has both; empty without figures
   */
  record Outcome(
      Goal goal,
      int jdk,
      Optional<Series> figure,
      Optional<Series> anchor,
      boolean fromThisRun,
      Optional<Series> ratios) {

    /** Returns the one that counts; not a number without figures. */
    double ratio() {
      boolean never = goal.relation() == Relation.NEVER_MORE_THAN;
      return ratios.map(all -> never ? all.most() : all.median()).orElse(Double.NaN);
    }

    /** Returns whether the goal is reached. */
    Verdict verdict() {
      if (ratios.isEmpty()) {
        return Verdict.NOT_MEASURED;
      }
      boolean atLeast = goal.relation() == Relation.AT_LEAST;
      boolean holds = atLeast ? ratio() >= goal.bound() : ratio() <= goal.bound();
      return holds ? Verdict.REACHED : Verdict.MISSED;
    }
  }

  /** Compares on one JDK. */
  Outcome on(int actualJdk, Results results) {
    Optional<Series> measured = results.find(actualJdk, figure);
    Optional<Series> beside = results.find(actualJdk, anchor.name());
    boolean fromThisRun = beside.isPresent() || anchor.kind() == Anchor.Kind.LIMIT;
    if (beside.isEmpty() && !Double.isNaN(anchor.recorded())) {
      beside = Optional.of(Series.of(anchor.unit(), Results.NO_PASS, anchor.recorded()));
    }
    Optional<Series> other = beside;
    Optional<Series> ratios = measured.flatMap(own -> other.map(against -> compare(own, against)));
    return new Outcome(this, actualJdk, measured, beside, fromThisRun, ratios);
  }

  private Series compare(Series measured, Series beside) {
    boolean adds = relation == Relation.ADDS_AT_MOST;
    String unit = adds ? beside.unit() : ""; // what is added is told in the anchor's
    return inBase(measured)
        .beside(inBase(beside), (own, other) -> adds ? own - other : own / other)
        .map(unit, ratio -> adds ? ratio / Units.inBase(1, unit) : ratio);
  }

  private static Series inBase(Series series) {
    return series.map("", value -> Units.inBase(value, series.unit()));
  }
}
