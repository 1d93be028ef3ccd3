// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

/** What {@link RestartDecision} says after an exit. */
sealed interface Verdict {
  /** The registration ends. */
  record Forget() implements Verdict {}

  /**
   * Start it again.
   *
   * @param at when, monotonic
   * @param budget its restarts, this one included
   */
  record RestartAt(long at, Budget budget) implements Verdict {}

  /**
   * Too many restarts: a person has to decide.
   *
   * @param words the numbers
   */
  record GiveUp(String words) implements Verdict {}

  /**
   * Its database does not answer: it is started when that is back, and no restart is used up.
   *
   * @param words how it is down
   */
  record DatabaseDown(String words) implements Verdict {}

  /** The registration ends. */
  Verdict FORGET = new Forget();
}
