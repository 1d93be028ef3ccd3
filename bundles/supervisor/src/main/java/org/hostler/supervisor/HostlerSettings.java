// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.hostler.worker.SettingChange.RESTART;

import java.util.List;
import java.util.Objects;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingsRefused;

/** The host's own settings: names, defaults, limits, and when a change takes effect. */
final class HostlerSettings {
  static final String SHARED_PRELOAD_LIBRARIES = "shared_preload_libraries";
  static final String DYNAMIC_LIBRARY_PATH = "dynamic_library_path";
  static final String PRELOAD_TIMEOUT = "preload_timeout";
  static final String MAX_WORKER_PROCESSES = "max_worker_processes";
  static final String DEFAULT_ISOLATION = "default_isolation";
  static final String WORKER_INTERRUPT_DELAY = "worker_interrupt_delay";
  static final String WORKER_STOP_TIMEOUT = "worker_stop_timeout";
  static final String RESTART_AFTER_CRASH = "restart_after_crash";
  static final String CRASH_SCOPE = "crash_scope";
  static final String DEFAULT_DATABASE = "default_database";
  static final String HISTORY_SIZE = "history_size";
  static final String LOG_DESTINATION = "log_destination";
  static final String LOG_ROTATION_SIZE = "log_rotation_size";
  static final String LOG_LEVEL = "log_level";
  static final String START_LEVEL_BASE = "start_level_base";

  /** PostgreSQL's {@code MAX_BACKENDS}. */
  private static final int MOST_WORKERS = 262_143;

  private HostlerSettings() {}

  /** Returns every setting but the families. */
  static List<KnownSetting> all() {
    return List.of(
        new KnownSetting(
            SettingDefinition.list(SHARED_PRELOAD_LIBRARIES, List.of())
                .change(RESTART)
                .description("Bundles that are started before any worker, in this order."),
            HostlerSettings::checkLibraries),
        known(
            SettingDefinition.list(DYNAMIC_LIBRARY_PATH, List.of("extensions", "$libdir"))
                .change(RESTART)
                .description("Directories in which bundles are looked up, in this order.")),
        known(
            SettingDefinition.duration(PRELOAD_TIMEOUT, ofSeconds(30))
                .range(ofMillis(1), ofDays(1))
                .unit("s")
                .change(RESTART)
                .description("Longest time that the activator of a preloaded bundle may take.")),
        known(
            SettingDefinition.integer(MAX_WORKER_PROCESSES, 256)
                .range(0, MOST_WORKERS)
                .description("Slots for background workers; never fewer than are in use.")),
        known(
            SettingDefinition.enumeration(DEFAULT_ISOLATION, "thread", "thread", "process")
                .description("What workers run in unless their registration says otherwise.")),
        known(
            SettingDefinition.integer("max_child_processes", 8)
                .range(0, 1024)
                .description("Child JVMs that may exist at once.")),
        known(
            SettingDefinition.integer("process_pool_size", 1)
                .range(0, 1024)
                .description("Child JVMs that wait, started, for a worker.")),
        known(
            SettingDefinition.size("process_heap", 64L << 20)
                .range(8L << 20, 1L << 40)
                .unit("MB")
                .description("Heap of a child JVM unless the registration says otherwise.")),
        known(
            SettingDefinition.bool("embedded_server", true)
                .description("Serve the embedded database to child JVMs on the loopback.")),
        known(
            SettingDefinition.duration(WORKER_INTERRUPT_DELAY, ofSeconds(1))
                .range(ZERO, ofDays(1))
                .unit("s")
                .description("Time after which a worker asked to stop is interrupted.")),
        known(
            SettingDefinition.duration(WORKER_STOP_TIMEOUT, ofSeconds(10))
                .range(ZERO, ofDays(1))
                .unit("s")
                .description("Time after which a worker asked to stop is abandoned or killed.")),
        known(
            SettingDefinition.bool(RESTART_AFTER_CRASH, true)
                .description("Go on after a worker has crashed; off: the host ends with 1.")),
        known(
            SettingDefinition.enumeration(CRASH_SCOPE, "attached", "attached", "all")
                .description("Which workers a crash stops: those that share memory, or all.")),
        known(
            SettingDefinition.text(DEFAULT_DATABASE, "main")
                .change(RESTART)
                .description("Database whose state decides which workers may start.")),
        known(
            SettingDefinition.integer(HISTORY_SIZE, 10_000)
                .range(0, 10_000_000)
                .description("Events that are kept for bgw:history.")),
        known(
            SettingDefinition.list(LOG_DESTINATION, List.of("file"), "file", "stderr")
                .change(RESTART)
                .description("Where the log goes: file (log/hostler.log), stderr, or both.")),
        known(
            SettingDefinition.size(LOG_ROTATION_SIZE, 10L << 20)
                .range(1L << 10, 1L << 40)
                .unit("kB")
                .description("Size at which a new log file is begun; ten old ones are kept.")),
        known(
            SettingDefinition.enumeration(LOG_LEVEL, "info", SettingFamily.levels())
                .description("What is logged: this level and those above it.")),
        known(
            SettingDefinition.integer(START_LEVEL_BASE, 50)
                .range(21, 800)
                .change(RESTART)
                .description("Start level of the first preloaded bundle.")));
  }

  private static KnownSetting known(SettingDefinition definition) {
    return KnownSetting.of(definition);
  }

  private static void checkLibraries(Object value) {
    for (Object entry : (List<?>) value) {
      checkLibrary((String) entry);
    }
  }

  private static void checkLibrary(String entry) {
    try {
      LibraryName.parse(entry);
    } catch (IllegalArgumentException e) {
      String[] lines = Objects.requireNonNull(e.getMessage()).split("\n"); // message, detail, hint
      throw new SettingsRefused(
          "setting \"%s\": \"%s\" is not a library".formatted(SHARED_PRELOAD_LIBRARIES, entry),
          lines.length > 1 ? lines[1] : "",
          "Write a bundle's symbolic name; put one with a version range between double quotes,"
              + " as in 'org.acme.a, \"org.acme.b;[1.2,2)\"'.");
    }
  }
}
