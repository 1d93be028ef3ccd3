// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schedule that counts from one run to the next, as pg_cron's {@code 30 seconds}; always due on
 * the second, because that is when the scheduler looks.
 *
 * @param length the time between two runs, 1 s to 1 day
 */
record Interval(Duration length) implements Schedule {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern FORM =
      Pattern.compile("\\s*(\\d+)\\s+(second|minute|hour)s?\\s*", Pattern.CASE_INSENSITIVE);
  private static final Map<String, ChronoUnit> UNITS =
      Map.of("second", ChronoUnit.SECONDS, "minute", ChronoUnit.MINUTES, "hour", ChronoUnit.HOURS);

  /** Tells whether a text is meant as an interval. */
  static boolean matches(String text) {
    return FORM.matcher(text).matches();
  }

  static Interval parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches() && form.group(1).length() < 9) {
      ChronoUnit unit = UNITS.get(form.group(2).toLowerCase(Locale.ROOT));
      Duration length = Duration.of(Long.parseLong(form.group(1)), unit);
      if (!length.isZero() && length.compareTo(LONGEST) <= 0) {
        return new Interval(length);
      }
    }
    throw new IllegalArgumentException(
        "schedule \"%s\": an interval is 1 second to 1 day".formatted(text));
  }

  @Override
  public Optional<Instant> next(Instant after, ZoneId zone) {
    return Optional.of(after.plus(length).truncatedTo(ChronoUnit.SECONDS));
  }
}
