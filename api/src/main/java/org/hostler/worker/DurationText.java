// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people type them: a number and one of PostgreSQL's units.
 *
 * <p>Units are {@code us ms s min h d}; the number may have a fraction, and {@code 0} needs no
 * unit.
 */
public final class DurationText {
  private static final Pattern FORM =
      Pattern.compile("\\s*(\\d{1,18})(?:\\.(\\d{1,9}))?\\s*([a-z]*)\\s*");
  private static final Map<String, Long> NANOS = units();
  private static final long LONGEST_IN_NANOS = Long.MAX_VALUE / 1_000_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final String BILLIONTHS = "000000000";
  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

  private DurationText() {}

  private static Map<String, Long> units() {
    Map<String, Long> units = new LinkedHashMap<>(); // smallest first: format() relies on it
    units.put("us", 1_000L);
    units.put("ms", 1_000_000L);
    units.put("s", 1_000_000_000L);
    units.put("min", 60_000_000_000L);
    units.put("h", 3_600_000_000_000L);
    units.put("d", 86_400_000_000_000L);
    return units;
  }

  /**
   * Reads a duration such as {@code 10s}, {@code 500ms}, {@code 1.5h} or {@code 0}.
   *
   * @param text what was typed
   * @return the duration, never negative
   * @throws IllegalArgumentException when the text is no duration; the message names the text and
   *     the units
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "duration \"%s\": expected a number and a unit (us, ms, s, min, h, d)".formatted(text));
    }
    long number = Long.parseLong(matcher.group(1));
    String digits = matcher.group(2) == null ? "" : matcher.group(2);
    long billionths = Long.parseLong(digits + BILLIONTHS.substring(digits.length()));
    String unit = matcher.group(3);
    if (unit.isEmpty() && number == 0 && billionths == 0) {
      return Duration.ZERO;
    }
    Long nanos = NANOS.get(unit);
    if (nanos == null) {
      throw new IllegalArgumentException(
          "duration \"%s\": %s; valid units are us, ms, s, min, h and d"
              .formatted(
                  text, unit.isEmpty() ? "it has no unit" : "unknown unit \"" + unit + "\""));
    }
    try {
      return exactly(number, billionths, nanos);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("duration \"%s\": too long".formatted(text), e);
    }
  }

  /**
   * Whole numbers all the way: a host reads its settings while it starts, and on newer JDKs {@code
   * BigDecimal} alone takes more than ten milliseconds to be initialized.
   */
  private static Duration exactly(long number, long billionths, long unit) {
    if (unit < SECOND) {
      long perSecond = SECOND / unit;
      return Duration.ofSeconds(
          number / perSecond, number % perSecond * unit + billionths * unit / SECOND);
    }
    long seconds = unit / SECOND;
    Duration duration =
        Duration.ofSeconds(Math.multiplyExact(number, seconds)).plusNanos(billionths * seconds);
    if (duration.compareTo(LONGEST) > 0) {
      throw new ArithmeticException("more than Long.MAX_VALUE seconds");
    }
    return duration;
  }

  /**
   * Writes a duration in the largest unit that needs no fraction, so that {@link #parse} gives it
   * back to the microsecond.
   *
   * @param duration the duration, not negative
   * @return for instance {@code 90s}, {@code 2min}, {@code 0}
   */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0";
    }
    if (duration.getSeconds() < LONGEST_IN_NANOS && duration.getNano() % 1_000 == 0) {
      return whole(duration.toNanos());
    }
    BigDecimal nanos =
        BigDecimal.valueOf(duration.getSeconds())
            .movePointRight(9)
            .add(BigDecimal.valueOf(duration.getNano()));
    String best = "us";
    for (Map.Entry<String, Long> unit : NANOS.entrySet()) {
      if (nanos.remainder(BigDecimal.valueOf(unit.getValue())).signum() == 0) {
        best = unit.getKey();
      }
    }
    return nanos
            .divide(BigDecimal.valueOf(NANOS.getOrDefault(best, 1_000L)))
            .stripTrailingZeros()
            .toPlainString()
        + best;
  }

  /** Without a fraction and without large numbers: this runs at every restart of a worker. */
  private static String whole(long nanos) {
    String best = "us";
    for (Map.Entry<String, Long> unit : NANOS.entrySet()) {
      if (nanos % unit.getValue() == 0) {
        best = unit.getKey();
      }
    }
    return nanos / NANOS.getOrDefault(best, 1_000L) + best;
  }
}
