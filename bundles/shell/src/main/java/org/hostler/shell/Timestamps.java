// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Writes times as everywhere in Hostler: ISO-8601, UTC, milliseconds. */
final class Timestamps {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** Returns for instance {@code 2026-11-20T23:59:59.123Z}. */
  static String of(Instant instant) {
    return FORM.format(instant);
  }

  /** Returns the time, or a dash when there is none. */
  static String of(Optional<Instant> instant) {
    return instant.map(Timestamps::of).orElse("-");
  }
}
