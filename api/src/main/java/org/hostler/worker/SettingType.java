// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.util.Locale;

/**
 * What the value of a setting is, and how it is written in {@code conf/hostler.conf}.
 *
 * <p>As in {@code postgresql.conf} every value may stand in single quotes, and must where it holds
 * anything but letters, digits and {@code _ - . : /}.
 */
public enum SettingType {
  /** Any text. */
  TEXT,
  /**
   * {@code on off true false yes no 1 0}, in any case, or the beginning of one of the words that is
   * the beginning of no other.
   */
  BOOL,
  /** A whole number of 32 bits, decimal or as {@code 0x…}. */
  INTEGER,
  /** A number that may have a fraction and an exponent. */
  DECIMAL,
  /**
   * A time: a number and one of {@code us ms s min h d}. A bare number counts in the setting's unit
   * when it has one.
   */
  DURATION,
  /**
   * An amount of memory: a number and one of {@code B kB MB GB TB}, each 1024 of the one before. A
   * bare number counts in the setting's unit when it has one.
   */
  SIZE,
  /**
   * Entries separated by commas; white space around them is ignored, one with a comma in it stands
   * in double quotes, a double quote in those is doubled. An empty text is an empty list.
   */
  LIST,
  /** One of the setting's choices, in any case. */
  ENUMERATION;

  /** Returns the form users read, for instance {@code duration}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
