// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.function.Consumer;
import org.hostler.worker.SettingDefinition;

/**
 * A setting with a definition, and what only the host can say of its values.
 *
 * @param definition its definition
 * @param check throws {@link org.hostler.worker.SettingsRefused} for a value that fits the
 *     definition and is wrong nevertheless
 */
record KnownSetting(SettingDefinition definition, Consumer<Object> check) {

  /** A setting of which its definition says everything. */
  static KnownSetting of(SettingDefinition definition) {
    return new KnownSetting(definition, value -> {});
  }

  /** Reads a value and checks it. */
  Object parse(String text) {
    Object value = definition.parse(text);
    check.accept(value);
    return value;
  }

  /** Returns the value when nothing sets it. */
  Object defaultValue() {
    return definition.parse(definition.defaultValue());
  }
}
