// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What is to be done about a job at one moment: a function of the job, the moment and whether it
 * runs, and of nothing else.
 *
 * <ol>
 *   <li>A job that is new, changed or active again is planned from this moment on: what it would
 *       have been due for before is not missed.
 *   <li>Of several moments at which it has been due since, only the last counts.
 *   <li>When even that is longer ago than {@code missed_after}, it is missed, and the job says
 *       whether it runs once or not at all.
 *   <li>A job that still runs is passed over, unless it may overlap.
 *   <li>An interval counts from the end of the run before; of a job that may overlap, from its
 *       start.
 * </ol>
 */
sealed interface Decision {

  /** Nothing is due. */
  record Nothing() implements Decision {}

  /**
   * Note when it is due next.
   *
   * @param planned for which schedule and zone; empty for a job that is not active
   * @param nextDue when; empty for never
   * @param error why it cannot be due; empty when it can
   */
  record Plan(Optional<String> planned, Optional<Instant> nextDue, String error)
      implements Decision {}

  /**
   * Run it.
   *
   * @param due for which moment
   * @param nextDue when it is due again; empty for never, and when that depends on the run's end
   */
  record Run(Instant due, Optional<Instant> nextDue) implements Decision {}

  /**
   * Pass it over this time.
   *
   * @param due for which moment
   * @param nextDue when it is due again; empty for never
   * @param why in words
   */
  record Skip(Instant due, Optional<Instant> nextDue, String why) implements Decision {}

  /**
   * Decides.
   *
   * @param job the job as the table has it
   * @param running whether a run of it has not ended
   * @param now the moment
   * @param rules the settings
   */
  static Decision decide(Job job, boolean running, Instant now, Rules rules) {
    if (!job.active()) {
      return job.planned().isEmpty()
          ? new Nothing()
          : new Plan(Optional.empty(), Optional.empty(), "");
    }
    boolean known = job.planned().equals(Optional.of(job.plan(rules)));
    boolean due =
        job.nextDue().map(time -> !time.isAfter(now)).orElse(startsAfterItsEnd(job, running));
    if (known && !due) {
      return new Nothing();
    }
    try {
      Schedule schedule = Schedule.parse(job.schedule());
      ZoneId zone = zone(job.zone(rules));
      if (!known || job.nextDue().isEmpty()) {
        return plan(job, now, rules, schedule.next(now, zone));
      }
      return schedule instanceof Interval
          ? interval(job, running, now, rules, schedule.next(now, zone))
          : expression(job, running, now, rules, schedule, zone);
    } catch (IllegalArgumentException e) {
      return known
          ? new Nothing()
          : new Plan(Optional.of(job.plan(rules)), Optional.empty(), e.getMessage());
    }
  }

  private static boolean startsAfterItsEnd(Job job, boolean running) {
    return !running && !job.overlap() && Interval.matches(job.schedule());
  }

  private static Decision plan(Job job, Instant now, Rules rules, Optional<Instant> next) {
    String error = next.isPresent() ? "" : "schedule \"" + job.schedule() + "\": never due";
    return new Plan(Optional.of(job.plan(rules)), next, error);
  }

  private static Decision interval(
      Job job, boolean running, Instant now, Rules rules, Optional<Instant> next) {
    Instant due = job.nextDue().orElseThrow();
    if (running && !job.overlap()) {
      return new Nothing();
    }
    return due.isBefore(now.minus(rules.missedAfter())) && job.missed() == Job.Missed.SKIP
        ? new Skip(due, next, missed(now))
        : new Run(due, job.overlap() ? next : Optional.empty());
  }

  private static Decision expression(
      Job job, boolean running, Instant now, Rules rules, Schedule schedule, ZoneId zone) {
    Instant due = job.nextDue().orElseThrow();
    Optional<Instant> next = schedule.next(now, zone);
    Instant earliest = now.minus(rules.missedAfter());
    Optional<Instant> inTime =
        due.isBefore(earliest)
            ? schedule.next(earliest.minusNanos(1), zone).filter(time -> !time.isAfter(now))
            : job.nextDue();
    if (inTime.isEmpty() && job.missed() == Job.Missed.SKIP) {
      return new Skip(due, next, missed(now));
    }
    due = inTime.map(first -> last(first, now, schedule, zone)).orElse(due);
    return running && !job.overlap()
        ? new Skip(due, next, "the run before has not ended")
        : new Run(due, next);
  }

  /** Of the moments until now the last; those before it are covered by the same run. */
  private static Instant last(Instant first, Instant now, Schedule schedule, ZoneId zone) {
    Instant last = first;
    Optional<Instant> later = schedule.next(first, zone);
    while (later.isPresent() && !later.get().isAfter(now)) {
      last = later.get();
      later = schedule.next(last, zone);
    }
    return last;
  }

  private static String missed(Instant now) {
    return "missed: nobody looked until " + now.truncatedTo(ChronoUnit.MILLIS);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("timezone \"" + name + "\": unknown", e);
    }
  }
}
