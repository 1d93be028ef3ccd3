// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.stat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * The host at one moment.
 *
 * @param phase what may be started
 * @param pid the host's process id
 * @param version Hostler's version
 * @param javaVersion the JVM's version
 * @param framework the framework's name and version
 * @param base the directory of the instance
 * @param startedAt when the host was started
 * @param uptime how long it has been running
 * @param maxSlots {@code max_worker_processes}
 * @param usedSlots how many slots are taken
 * @param workers how many workers are in each state; has an entry for every state
 */
public record HostStat(
    Phase phase,
    long pid,
    String version,
    String javaVersion,
    String framework,
    String base,
    Instant startedAt,
    Duration uptime,
    int maxSlots,
    int usedSlots,
    Map<WorkerState, Integer> workers) {

  /** Which start times may run (contract A2). */
  public enum Phase {
    /** The preload list is worked off, or the default database has not answered yet. */
    STARTUP,
    /** The default database is recovering. */
    RECOVERY,
    /** The default database answers, read-only. */
    HOT_STANDBY,
    /** The default database is read-write. */
    RUN,
    /** The host is stopping; nothing is started any more. */
    STOPPING;

    /** Returns the form users read, for instance {@code hot_standby}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
