// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import org.hostler.worker.spi.DatabaseMechanism.DatabaseListener;
import org.hostler.worker.stat.HostStat.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Tells the supervisor which phase the default database allows (contract S1), each change once;
 * nothing as long as the default database is an embedded one, which is read-write without being
 * opened. To be called under one lock, for the order of what is told.
 */
final class PhaseReports {
  private final DatabaseListener listener;
  private @Nullable Phase told;

  PhaseReports(DatabaseListener listener) {
    this.listener = listener;
  }

  /**
   * The settings are known, or known anew.
   *
   * @param holds whether the default database holds the phases
   */
  void watching(boolean holds) {
    if (holds && told == null) {
      tell(Phase.STARTUP);
    } else if (!holds && told != null && told != Phase.RUN) {
      tell(Phase.RUN);
    }
  }

  /** It has answered. */
  void answered(Answer answer) {
    Phase next = answer.phase(told == null ? Phase.STARTUP : told);
    if (next != told) {
      tell(next);
    }
  }

  private void tell(Phase next) {
    told = next;
    listener.phase(next);
  }
}
