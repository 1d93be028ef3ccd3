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
 * @param where the place in that; meaningless for a default
 */
record Setting(
    SettingDefinition definition,
    boolean placeholder,
    Object value,
    SettingSource source,
    Place where) {

  private static final Place NOWHERE = new Place("", 0);

  /** A setting that nothing sets. */
  static Setting byDefault(KnownSetting known) {
    return new Setting(
        known.definition(), false, known.defaultValue(), SettingSource.DEFAULT, NOWHERE);
  }

  /** A setting with the value that was assigned to it, which is checked here. */
  static Setting assigned(KnownSetting known, Assignment assignment) {
    return new Setting(
        known.definition(),
        false,
        known.parse(assignment.value()),
        assignment.source(),
        assignment.where());
  }

  /**
   * A name that the configuration in force does not hold, as a member of a family or not at all.
   */
  static Setting absent(SettingDefinition definition, boolean placeholder) {
    return new Setting(
        definition, placeholder, definition.defaultValue(), SettingSource.DEFAULT, NOWHERE);
  }

  /** A name that no extension has defined yet. */
  static Setting placeholder(Assignment assignment) {
    return new Setting(
        SettingDefinition.text(assignment.name(), ""),
        true,
        assignment.value(),
        assignment.source(),
        assignment.where());
  }

  /** Returns this with a newer definition of the same setting, which its value must fit. */
  Setting redefined(KnownSetting known) {
    return new Setting(known.definition(), false, known.parse(text()), source, where);
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
        where.line() == 0 ? Optional.empty() : Optional.of(where.file()),
        where.line() == 0 ? OptionalInt.empty() : OptionalInt.of(where.line()),
        definition.change(),
        placeholder,
        definition.defaultValue(),
        definition.range(),
        definition.choices(),
        definition.description());
  }
}
