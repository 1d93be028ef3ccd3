// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When a job is due: a cron expression or an interval; immutable. */
sealed interface Schedule permits CronExpression, Interval {

  /**
   * Returns when the job is due next.
   *
   * @param after the moment from which to look, exclusive
   * @param zone the time zone in which a cron expression is meant
   * @return the moment; empty when it never comes
   */
  Optional<Instant> next(Instant after, ZoneId zone);

  /**
   * Reads a schedule as it stands in {@code cron.job}.
   *
   * @param text five fields of cron, one of its nicknames, or for instance {@code 30 seconds}
   * @throws IllegalArgumentException when it is none; the message begins with the text
   */
  static Schedule parse(String text) {
    return Interval.matches(text) ? Interval.parse(text) : CronExpression.parse(text);
  }
}
