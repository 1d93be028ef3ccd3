// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Turns what a worker gives into what JDBC says every driver takes. */
final class Arguments {
  private Arguments() {}

  /** Returns the value, or the one of JDBC's types that stands for it. */
  static @Nullable Object forDriver(@Nullable Object value) {
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    if (value instanceof ZonedDateTime time) {
      return time.toOffsetDateTime();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return value instanceof Character character ? character.toString() : value;
  }
}
