// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.hostler.worker.SettingsRefused;
import org.hostler.worker.SettingsSnapshot;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the settings with the instance they belong to: its log, its bundles, its slots. */
final class InstanceSettings {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceSettings.class);

  private InstanceSettings() {}

  /**
   * Reads the configuration and has the log follow it, now and after every reload.
   *
   * @param context the supervisor's
   * @param properties where the instance is and what {@code -c} gave
   * @param preloading whether the preload list is still being worked off
   * @throws SettingsRefused when the configuration is refused or the log cannot be written; the log
   *     then goes where it goes by default, so that it tells of the failed start
   */
  static SettingsRegistry open(
      BundleContext context, HostProperties properties, BooleanSupplier preloading) {
    SettingsRegistry settings;
    try {
      settings =
          new SettingsRegistry(properties.base(), properties.arguments(), preloading, LOG::warn);
    } catch (SettingsRefused refused) {
      try {
        LogSettings.apply(context, LogSettings.defaults());
      } catch (SettingsRefused unwritable) {
        refused.addSuppressed(unwritable);
      }
      throw refused;
    }
    LogSettings.apply(context, settings.current());
    settings.onReload(changed -> LogSettings.apply(context, changed));
    context.addBundleListener(
        event -> {
          // its activator has returned, so what it has not defined under its prefix is nothing
          if (event.getType() == BundleEvent.STARTED) {
            settings.dropUnknown();
          }
        });
    return settings;
  }

  /**
   * Refuses fewer slots than are in use (contract G1).
   *
   * @param used how many are
   */
  static Optional<SettingsRefused> enough(SettingsSnapshot settings, IntSupplier used) {
    int slots = settings.integer(HostlerSettings.MAX_WORKER_PROCESSES);
    int taken = used.getAsInt();
    return slots >= taken
        ? Optional.empty()
        : Optional.of(
            new SettingsRefused(
                "setting \"%s\": fewer slots than are in use"
                    .formatted(HostlerSettings.MAX_WORKER_PROCESSES),
                "There would be %d slots; %d are in use.".formatted(slots, taken),
                "Terminate workers first, or restart the host."));
  }
}
