// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hostler.worker.SettingChange;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingSource;
import org.hostler.worker.SettingStat;
import org.hostler.worker.SettingsSnapshot;

/**
 * A setting with a value and where that comes from; immutable.
 *
 * @param definition what it is; for a placeholder a text without default
 * @param placeholder whether no extension has defined it
 * @param value the value
 * @param source which of the four it comes from
 * @param file the file that sets it; an empty string for a default and the command line
 * @param line the line of that file; 0 for a default and the command line
 */
record Setting(
    SettingDefinition definition,
    boolean placeholder,
    Object value,
    SettingSource source,
    String file,
    int line) {

  /** A setting that nothing sets. */
  static Setting byDefault(KnownSetting known) {
    return new Setting(
        known.definition(), false, known.defaultValue(), SettingSource.DEFAULT, "", 0);
  }

  /** A setting with the value that was assigned to it, which is checked here. */
  static Setting assigned(KnownSetting known, Assignment assignment) {
    return new Setting(
        known.definition(),
        false,
        known.parse(assignment.value()),
        assignment.source(),
        assignment.file(),
        assignment.line());
  }

  /**
   * A name that the configuration in force does not hold, as a member of a family or not at all.
   */
  static Setting absent(SettingDefinition definition, boolean placeholder) {
    return new Setting(
        definition, placeholder, definition.defaultValue(), SettingSource.DEFAULT, "", 0);
  }

  /** A name that no extension has defined yet. */
  static Setting placeholder(Assignment assignment) {
    return new Setting(
        SettingDefinition.text(assignment.name(), ""),
        true,
        assignment.value(),
        assignment.source(),
        assignment.file(),
        assignment.line());
  }

  /** Returns this with a newer definition of the same setting, which its value must fit. */
  Setting redefined(KnownSetting known) {
    return new Setting(known.definition(), false, known.parse(text()), source, file, line);
  }

  String name() {
    return definition.name();
  }

  boolean needsRestart() {
    return definition.change() == SettingChange.RESTART;
  }

  boolean sameValue(Setting other) {
    return value.equals(other.value);
  }

  /** Returns the value as people write it. */
  String text() {
    return SettingsSnapshot.of(0, Map.of(name(), value)).text(name());
  }

  /** Returns the row of an operator, with the value that waits, if one does. */
  SettingStat stat(Optional<String> pending, boolean pendingRestart) {
    return new SettingStat(
        name(),
        definition.type(),
        text(),
        pending,
        pendingRestart,
        definition.unit(),
        source,
        file.isEmpty() ? Optional.empty() : Optional.of(file),
        line == 0 ? OptionalInt.empty() : OptionalInt.of(line),
        definition.change(),
        placeholder,
        definition.defaultValue(),
        definition.range(),
        definition.choices(),
        definition.description());
  }
}
