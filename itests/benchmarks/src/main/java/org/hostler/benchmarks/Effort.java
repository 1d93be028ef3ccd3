// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import org.osgi.framework.BundleContext;

/**
 * How much a benchmark inside a host does.
 *
 * @param rounds how often everything is measured
 * @param quick whether a look is enough: fewer samples
 * @param levels the numbers of live workers, the lowest first
 */
record Effort(int rounds, boolean quick, int[] levels) {
  /** Whether a quick run is asked for. */
  static final String QUICK = "hostler.benchmark.quick";

  /**
   * How many workers are alive at once at most. No machine is asked for more platform threads than
   * that: each is a task of the system's.
   */
  private static final int MOST = BareThreads.haveVirtual() ? 100_000 : 10_000;

  Effort {
    levels = Arrays.stream(levels).filter(level -> level <= MOST).sorted().toArray();
  }

  /** Returns the number of the first round: those before 0 warm up, and do not count. */
  int firstRound() {
    return quick ? 0 : -2;
  }

  static Effort of(BundleContext context) {
    return new Effort(
        Integer.parseInt(context.getProperty(HostRun.ROUNDS)),
        Boolean.parseBoolean(context.getProperty(QUICK)),
        Arrays.stream(String.valueOf(context.getProperty(HostRun.LEVELS)).split(","))
            .mapToInt(level -> Integer.parseInt(level.strip()))
            .toArray());
  }

  /** Returns how many workers are alive at once at most. */
  int most() {
    return looks() ? MOST / 10 : MOST;
  }

  /** Whether a look is enough where each worker is a platform thread, which takes its time. */
  private boolean looks() {
    return quick && !BareThreads.haveVirtual();
  }

  /** Returns how many there are at once of what a full run has that many of. */
  int many(int full) {
    return looks() ? full / 10 : full;
  }

  /** Returns how many samples to take where a full run takes that many. */
  int samples(int full) {
    return quick ? Math.max(1, full / 10) : full;
  }

  /** Returns for how long to do over and over again what is counted. */
  Duration span() {
    return Duration.ofMillis(quick ? 100 : 1_000);
  }
}
