// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.supervisor.WorkerSlot.Stopping;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.spi.DatabaseMechanism.DatabaseListener;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;
import org.jspecify.annotations.Nullable;

/** Carries what one mechanism of databases says to the supervisor, until that mechanism goes. */
final class DatabaseReports implements DatabaseListener {
  private final Supervisor supervisor;
  private final Consumer<@Nullable Phase> phases;
  private boolean closed;

  /**
   * Makes one.
   *
   * @param supervisor whom to tell
   * @param phases takes the default database's phase; null when nothing holds the phases any more
   */
  DatabaseReports(Supervisor supervisor, Consumer<@Nullable Phase> phases) {
    this.supervisor = supervisor;
    this.phases = phases;
  }

  @Override
  public synchronized void phase(Phase phase) {
    if (phase == Phase.STOPPING) {
      throw new IllegalArgumentException("a database does not stop the host");
    } else if (!closed) {
      phases.accept(phase);
    }
  }

  /** The mechanism goes: phases follow the host alone, and what it says late is not heard. */
  synchronized void close() {
    closed = true;
    phases.accept(null);
  }

  @Override
  public void back(Collection<WorkerId> workers) {
    List<WorkerId> ids = List.copyOf(workers);
    supervisor.post(
        Kind.REQUEST,
        () -> {
          Moment now = supervisor.moment();
          for (WorkerId id : ids) {
            WorkerSlot slot = supervisor.table.slot(id.slot(), id.generation());
            if (slot != null && waitsForDatabase(slot)) {
              supervisor.apply(slot, new Event.CauseGone(), now);
            }
          }
        });
  }

  /** Also one that is still leaving for it: it is started as soon as it has left. */
  private static boolean waitsForDatabase(WorkerSlot slot) {
    Stopping stopping = slot.stopping();
    WorkerReason reason =
        slot.state() == WorkerState.PARKED
            ? slot.reason()
            : stopping == null ? null : stopping.parkAs();
    return reason != null && reason.code() == Code.DATABASE_DOWN;
  }

  @Override
  public void hold(WorkerId worker, String reason) {
    toLife(worker, new Event.Drain(new WorkerReason(Code.DATABASE_DOWN, reason)));
  }

  @Override
  public void terminate(WorkerId worker) {
    supervisor.post(worker, new Event.Terminate());
  }

  @Override
  public void signalTerm(WorkerId worker) {
    toLife(worker, new Event.Signal(WorkerSignal.TERM));
  }

  /** Another life of that worker is not meant. */
  private void toLife(WorkerId worker, Event event) {
    supervisor.post(
        Kind.REQUEST,
        () -> {
          WorkerSlot slot = supervisor.table.slot(worker.slot(), worker.generation());
          if (slot != null && slot.incarnation() == worker.incarnation() && slot.state().alive()) {
            supervisor.apply(slot, event, supervisor.moment());
          }
        });
  }
}
