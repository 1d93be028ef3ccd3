// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Map;
import java.util.TreeMap;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.Isolation;
import org.hostler.worker.SettingsSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the supervisor goes by, read once per reload.
 *
 * @param maxSlots {@code max_worker_processes}
 * @param limits {@code worker_limits.<library>}
 * @param defaultIsolation {@code default_isolation}
 * @param isolations {@code worker_isolation.<library>}
 * @param historySize {@code history_size}
 * @param lifecycle the deadlines and what a crash means
 */
record Rules(
    int maxSlots,
    Map<String, WorkerLimits> limits,
    Isolation defaultIsolation,
    Map<String, Isolation> isolations,
    int historySize,
    WorkerLifecycle lifecycle) {
  private static final String ISOLATION = "worker_isolation.";

  static Rules of(SettingsSnapshot settings) {
    Map<String, WorkerLimits> limits = new TreeMap<>();
    for (String name : settings.names(WorkerLimits.PREFIX)) {
      limits.put(
          name.substring(WorkerLimits.PREFIX.length()),
          WorkerLimits.parse(name, settings.text(name)));
    }
    Map<String, Isolation> isolations = new TreeMap<>();
    for (String name : settings.names(ISOLATION)) {
      isolations.put(name.substring(ISOLATION.length()), Isolation.parse(settings.text(name)));
    }
    return new Rules(
        settings.integer(HostlerSettings.MAX_WORKER_PROCESSES),
        limits,
        Isolation.parse(settings.text(HostlerSettings.DEFAULT_ISOLATION)),
        isolations,
        settings.integer(HostlerSettings.HISTORY_SIZE),
        new WorkerLifecycle(
            settings.duration(HostlerSettings.WORKER_INTERRUPT_DELAY),
            settings.duration(HostlerSettings.WORKER_STOP_TIMEOUT),
            settings.bool(HostlerSettings.RESTART_AFTER_CRASH)));
  }

  /** Returns where a worker runs: {@code process} in a setting wins, never the reverse. */
  Isolation isolation(BackgroundWorker worker, String symbolicName) {
    Isolation set = isolations.get(symbolicName);
    if (set == Isolation.PROCESS) {
      return set;
    }
    return worker.isolation().orElse(set == null ? defaultIsolation : set);
  }

  /** Returns the limits of a library; null when it has none. */
  @Nullable WorkerLimits limits(String symbolicName) {
    return limits.get(symbolicName);
  }
}
