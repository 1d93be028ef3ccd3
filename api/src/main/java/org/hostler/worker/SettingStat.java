// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One setting as an operator sees it, a row of PostgreSQL's {@code pg_settings}.
 *
 * <p>Every value is text in the form in which it is written in {@code conf/hostler.conf}, without
 * the single quotes.
 *
 * @param name its name
 * @param type what its value is; {@link SettingType#TEXT} for a placeholder
 * @param value the value in force
 * @param pending the value that is written down but not in force: it waits for a reload, or for a
 *     restart when {@code pendingRestart} is true
 * @param pendingRestart whether a reload has found a value that only a restart of the host can put
 *     into force
 * @param unit the unit in which a bare number counts, or an empty string
 * @param source where the value in force comes from
 * @param file the file that sets it, relative to the instance where it lies in it; empty for a
 *     default and for the command line
 * @param line the line of that file, from 1
 * @param change when a changed value takes effect
 * @param placeholder whether no bundle has defined it yet, so that its value was not checked
 * @param defaultValue what it is when nothing sets it; an empty string for a placeholder
 * @param range the limits of a number, duration or size
 * @param choices the legal values of an enumeration or of a list's entries; empty when there is no
 *     such limit
 * @param description what it does, in a sentence; an empty string for a placeholder
 */
public record SettingStat(
    String name,
    SettingType type,
    String value,
    Optional<String> pending,
    boolean pendingRestart,
    String unit,
    SettingSource source,
    Optional<String> file,
    OptionalInt line,
    SettingChange change,
    boolean placeholder,
    String defaultValue,
    SettingRange range,
    List<String> choices,
    String description) {

  /** Keeps a copy of the choices. */
  public SettingStat {
    choices = List.copyOf(choices);
  }
}
