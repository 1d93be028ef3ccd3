// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.time.Duration;

/**
 * How a database is as far as is known, and when it is asked next; immutable and pure.
 *
 * <p>One that is down is asked every 250 ms at first, then less often, at least every 2 s. One that
 * holds the phases is asked every second; any other that answers is left in peace.
 *
 * @param answer what it said last
 * @param silent how many times in a row it was down
 * @param next when it is asked, monotonic; {@link #NEVER} for not by itself, or while it is asked
 */
record Pulse(Answer answer, int silent, long next) {
  static final long NEVER = Long.MAX_VALUE;
  static final Pulse UNKNOWN = new Pulse(Answer.UNKNOWN, 0, NEVER);

  private static final long FIRST = Duration.ofMillis(250).toNanos();
  private static final long LONGEST = Duration.ofSeconds(2).toNanos();
  private static final long WATCH = Duration.ofSeconds(1).toNanos();
  private static final int DOUBLED = 3;

  /** It is being asked. */
  Pulse asked() {
    return new Pulse(answer, silent, NEVER);
  }

  /**
   * It has said how it is.
   *
   * @param now what it said
   * @param at when, monotonic
   * @param watched whether it holds the phases
   */
  Pulse answered(Answer now, long at, boolean watched) {
    if (now.down()) {
      long delay = Math.min(LONGEST, FIRST << Math.min(silent, DOUBLED));
      return new Pulse(now, Math.min(silent, DOUBLED) + 1, at + delay);
    }
    return new Pulse(now, 0, watched ? at + WATCH : NEVER);
  }

  /** Somebody's connection failed: it is asked at once. */
  Pulse doubted(long at) {
    return new Pulse(answer, silent, Math.min(next, at));
  }
}
