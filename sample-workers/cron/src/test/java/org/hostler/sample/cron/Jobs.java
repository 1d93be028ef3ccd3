// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Jobs and settings for tests. */
final class Jobs {
  static final Rules RULES = new Rules("main", "UTC", 5, Duration.ofMinutes(1), Duration.ofDays(7));

  private Jobs() {}

  /** A job as somebody has just inserted it. */
  static Job inserted(String schedule) {
    return new Job(
        1,
        schedule,
        "select 1",
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        false,
        Job.Missed.SKIP,
        Optional.empty(),
        Optional.empty());
  }

  static Job due(Job job, String at) {
    return with(job, job.overlap(), job.missed(), Optional.of(Instant.parse(at)));
  }

  /** Planned, and due when the run before has ended. */
  static Job dueAfterItsEnd(Job job) {
    return with(job, job.overlap(), job.missed(), Optional.empty());
  }

  static Job overlapping(Job job) {
    return with(job, true, job.missed(), job.nextDue());
  }

  static Job catchingUp(Job job) {
    return with(job, job.overlap(), Job.Missed.RUN_ONCE, job.nextDue());
  }

  private static Job with(Job job, boolean overlap, Job.Missed missed, Optional<Instant> nextDue) {
    return new Job(
        job.id(),
        job.schedule(),
        job.command(),
        job.database(),
        job.username(),
        job.active(),
        job.timezone(),
        overlap,
        missed,
        Optional.of(job.plan(RULES)),
        nextDue);
  }

  static Job inactive(Job job) {
    return new Job(
        job.id(),
        job.schedule(),
        job.command(),
        job.database(),
        job.username(),
        false,
        job.timezone(),
        job.overlap(),
        job.missed(),
        job.planned(),
        job.nextDue());
  }

  static Job rewritten(Job job, String schedule, Optional<String> timezone) {
    return new Job(
        job.id(),
        schedule,
        job.command(),
        job.database(),
        job.username(),
        job.active(),
        timezone,
        job.overlap(),
        job.missed(),
        job.planned(),
        job.nextDue());
  }
}
