// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as they are typed behind {@code --timeout}: a number and a unit, seconds without. */
final class Timeouts {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|min|h|d)?");

  private Timeouts() {}

  /** The duration, or empty when the text is none. */
  static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    return Optional.of(
        switch (unit == null ? "s" : unit) {
          case "ms" -> Duration.ofMillis(amount);
          case "min" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          case "d" -> Duration.ofDays(amount);
          default -> Duration.ofSeconds(amount);
        });
  }
}
