// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hostler.worker.SettingsRefused;
import org.hostler.worker.SettingsSnapshot;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Hands the settings of the log to the logging bundle, which keeps every line until the first time.
 *
 * <p>They meet in a service of JDK types. Where there is none, as in a framework without Hostler's
 * logging, there is nothing to do.
 */
final class LogSettings {
  private static final String SERVICE = "(hostler.logging=configure)";

  /** What is said less of unless it is set: a pool tells of its start and its end at INFO. */
  private static final Map<String, String> QUIETER =
      Map.of(HostlerSettings.LOG_LEVEL + ".com.zaxxer.hikari", "warn");

  private LogSettings() {}

  /**
   * Has the log follow the settings; to be called once they are known and after every reload.
   *
   * @throws SettingsRefused when the log cannot be written
   */
  static void apply(BundleContext context, SettingsSnapshot settings) {
    Map<String, String> values = values(settings);
    try {
      @SuppressWarnings("rawtypes")
      Collection<ServiceReference<Consumer>> found =
          context.getServiceReferences(Consumer.class, SERVICE);
      for (@SuppressWarnings("rawtypes") ServiceReference<Consumer> reference : found) {
        @SuppressWarnings("unchecked") // the property is the contract
        Consumer<Map<String, String>> log = context.getService(reference);
        if (log != null) {
          log.accept(values);
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    } catch (IllegalStateException e) {
      throw new SettingsRefused(
          String.valueOf(e.getMessage()),
          "",
          "Make the directory log writable, or set log_destination to stderr.");
    }
  }

  /** Returns what the logging bundle asks for, and nothing else. */
  static Map<String, String> values(SettingsSnapshot settings) {
    Map<String, String> values = new HashMap<>(QUIETER);
    values.put(
        HostlerSettings.LOG_DESTINATION,
        String.join(",", settings.list(HostlerSettings.LOG_DESTINATION)));
    values.put(
        HostlerSettings.LOG_ROTATION_SIZE,
        Long.toString(settings.bytes(HostlerSettings.LOG_ROTATION_SIZE)));
    for (String name : settings.names(HostlerSettings.LOG_LEVEL)) {
      values.put(name, settings.text(name)); // log_level itself and log_level.<logger>
    }
    return values;
  }

  /** Returns the values that hold while there is no configuration: it was refused, say. */
  static SettingsSnapshot defaults() {
    Map<String, Object> values = new HashMap<>();
    for (KnownSetting setting : HostlerSettings.all()) {
      values.put(setting.definition().name(), setting.defaultValue());
    }
    return SettingsSnapshot.of(0, values);
  }
}
