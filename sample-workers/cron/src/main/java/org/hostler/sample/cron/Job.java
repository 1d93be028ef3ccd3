// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A row of {@code cron.job}.
 *
 * @param id its number
 * @param schedule when it is due, as it was written
 * @param command what it runs
 * @param database where; empty for the database that holds the table
 * @param username as which role; empty for the user the host itself connects with
 * @param active whether it is due at all
 * @param timezone the zone its schedule is meant in; empty for the setting's
 * @param overlap whether it may run while it still runs
 * @param missed what becomes of what was missed
 * @param planned for which schedule and zone {@code nextDue} was found; empty when for none
 * @param nextDue when it is due next; empty when never, or while it is not known
 */
record Job(
    long id,
    String schedule,
    String command,
    Optional<String> database,
    Optional<String> username,
    boolean active,
    Optional<String> timezone,
    boolean overlap,
    Missed missed,
    Optional<String> planned,
    Optional<Instant> nextDue) {

  /** What becomes of a job that was due while nobody looked. */
  enum Missed {
    /** Nothing: it is due the next time. */
    SKIP,
    /** It runs once, however often it was due. */
    RUN_ONCE;

    static Missed of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** Returns the zone in which its schedule is meant. */
  String zone(Rules rules) {
    return timezone.orElse(rules.timezone());
  }

  /** Returns what {@code nextDue} depends on. */
  String plan(Rules rules) {
    return schedule + " " + zone(rules);
  }
}
