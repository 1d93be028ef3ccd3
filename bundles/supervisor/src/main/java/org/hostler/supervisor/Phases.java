// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.worker.StartTime;
import org.hostler.worker.stat.HostStat.Phase;

/**
 * Which start time may run in which phase: PostgreSQL's table A2. A gate for starts only (S1, S2).
 */
final class Phases {
  private Phases() {}

  static boolean allows(Phase phase, StartTime start) {
    return switch (phase) {
      case STARTUP, RECOVERY -> start == StartTime.HOST_START;
      case HOT_STANDBY -> start != StartTime.RECOVERY_FINISHED;
      case RUN -> true;
      case STOPPING -> false;
    };
  }

  /** Says for what a worker waits. */
  static String words(Phase phase, StartTime start) {
    return "start time is %s, the host is in state %s".formatted(start, phase);
  }
}
