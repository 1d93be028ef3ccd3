// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.workerspi;

import java.time.Duration;
import java.util.List;
import org.hostler.worker.SettingChange;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingsSnapshot;
import org.jspecify.annotations.Nullable;

/** The settings of this library. */
final class SpiSettings {
  static final String NAPTIME = "worker_spi.naptime";
  static final String TOTAL_WORKERS = "worker_spi.total_workers";
  static final String DATABASE = "worker_spi.database";
  static final String ROLE = "worker_spi.role";

  private static final String DEFAULT_DATABASE = "main";

  private SpiSettings() {}

  static SettingDefinition naptime() {
    return SettingDefinition.duration(NAPTIME, Duration.ofSeconds(10))
        .range(Duration.ofMillis(1), Duration.ofDays(1))
        .unit("s")
        .description("Time between two rounds of each worker.");
  }

  /** What can be defined only while the host works off its preload list. */
  static List<SettingDefinition> fixedAtStart() {
    return List.of(
        SettingDefinition.integer(TOTAL_WORKERS, 2)
            .range(1, 100)
            .change(SettingChange.RESTART)
            .description("Number of static workers."),
        SettingDefinition.text(DATABASE, DEFAULT_DATABASE)
            .change(SettingChange.RESTART)
            .description("Database to connect to."),
        SettingDefinition.text(ROLE, "")
            .change(SettingChange.RESTART)
            .description(
                "Role to connect with; empty for the user the host itself connects with."));
  }

  /** The database, also where the bundle was not preloaded and the setting is not defined. */
  static String database(SettingsSnapshot settings) {
    return settings.has(DATABASE) ? settings.text(DATABASE) : DEFAULT_DATABASE;
  }

  /** The role; null for the host's own user. */
  static @Nullable String role(SettingsSnapshot settings) {
    String role = settings.has(ROLE) ? settings.text(ROLE) : "";
    return role.isEmpty() ? null : role;
  }
}
