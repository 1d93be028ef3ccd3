// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

/**
 * The limits of a number, a duration or a size, both inclusive.
 *
 * @param least the smallest legal value as it is written in {@code conf/hostler.conf}, an empty
 *     string when there is no limit
 * @param most the largest legal value, an empty string when there is no limit
 */
public record SettingRange(String least, String most) {
  /** No limits. */
  public static final SettingRange ANY = new SettingRange("", "");

  /** Tells whether it limits anything. */
  boolean limited() {
    return !least.isEmpty() || !most.isEmpty();
  }

  /** Returns the form users read, for instance {@code 1ms to 1d}; an empty string for no limits. */
  @Override
  public String toString() {
    if (least.isEmpty()) {
      return most.isEmpty() ? "" : "at most " + most;
    }
    return most.isEmpty() ? "at least " + least : least + " to " + most;
  }
}
