// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.function.BiConsumer;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.worker.stat.HostStat.Phase;
import org.jspecify.annotations.Nullable;

/**
 * In which phase the host is: its own, until that is {@code run}; then the default database's, both
 * ways, if that holds the phases (contract S1). {@code stopping} is never left.
 *
 * <p>From any thread. What is reported to the host stays in order.
 */
final class HostPhase {
  private final Supervisor supervisor;
  private final BiConsumer<String, String> report;
  private Phase host = Phase.STARTUP;
  private @Nullable Phase database;

  HostPhase(Supervisor supervisor, BiConsumer<String, String> report) {
    this.supervisor = supervisor;
    this.report = report;
  }

  /** The host itself has come so far. */
  synchronized void host(Phase phase) {
    host = phase;
    enter();
  }

  /**
   * The default database has entered a state.
   *
   * @param phase the phase it allows; null when no database holds the phases
   */
  synchronized void database(@Nullable Phase phase) {
    database = phase;
    if (host == Phase.RUN) {
      enter();
    }
  }

  private void enter() {
    Phase next = host == Phase.RUN && database != null ? database : host;
    supervisor.perform(
        Kind.REQUEST,
        () -> {
          if (!supervisor.stopping() && supervisor.phase() != next) {
            supervisor.phase(next);
          }
        });
    if (!supervisor.stopping()) {
      report.accept("state", next.toString());
    }
  }
}
