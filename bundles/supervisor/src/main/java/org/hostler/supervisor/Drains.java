// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the lives that run code which is about to go, and waits for them; wakes the workers that were
 * parked when it is back.
 *
 * <p>A drained life is no exit in the sense of the restart policy: the registration stays.
 */
final class Drains {
  private static final Logger LOG = LoggerFactory.getLogger(Drains.class);
  private static final Duration AFTER_DEADLINE = Duration.ofMillis(500);

  private final Supervisor supervisor;

  Drains(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  /**
   * Drains a library.
   *
   * @param library its symbolic name
   * @param which which of its lives
   * @param waiting whether workers of it that wait for a delay are parked as well
   * @param reason what they are parked with
   */
  void drain(
      String library, Predicate<LoadedFunction> which, boolean waiting, WorkerReason reason) {
    List<WorkerId> asked = new ArrayList<>();
    supervisor.perform(
        Kind.REQUEST,
        () ->
            supervisor
                .libraries()
                .slots(library)
                .forEach(index -> ask(index, which, waiting, reason, asked)));
    await(asked);
  }

  private void ask(
      int index,
      Predicate<LoadedFunction> which,
      boolean waiting,
      WorkerReason reason,
      List<WorkerId> asked) {
    WorkerSlot slot = supervisor.table.slot(index);
    if (slot == null) {
      return;
    }
    boolean alive = slot.state().alive();
    boolean affected =
        supervisor.table.life(index) instanceof WorkerLife life && which.test(life.function());
    boolean waits = slot.state() == WorkerState.BACKOFF || slot.state() == WorkerState.PARKED;
    if ((alive && affected) || (waiting && waits)) {
      supervisor.apply(slot, new Event.Drain(reason), supervisor.moment());
    }
    if (alive && affected) {
      asked.add(slot.id());
    }
  }

  private void await(List<WorkerId> asked) {
    WorkerLife self = WorkerLife.current();
    if (self != null) {
      asked.remove(self.id()); // a worker that stops its own bundle is not waited for
    }
    if (asked.isEmpty()) {
      return;
    }
    long nanos =
        supervisor.rules().lifecycle().stopTimeout().plus(AFTER_DEADLINE).toNanos();
    try {
      supervisor.waiters.await(
          Waiters.ANY, () -> asked.stream().allMatch(this::ended), nanos, () -> {});
    } catch (InterruptedException e) {
      LOG.warn("interrupted while {} workers of a bundle that stops were still ending", asked.size());
      Thread.currentThread().interrupt();
    }
  }

  private boolean ended(WorkerId id) {
    WorkerSlot slot = supervisor.table.slot(id.slot(), id.generation());
    return slot == null
        || slot.incarnation() != id.incarnation()
        || !slot.state().alive()
        || slot.state() == WorkerState.ABANDONED;
  }

  /** Tells whether a library has workers. */
  boolean concerns(String library) {
    AtomicBoolean found = new AtomicBoolean();
    supervisor.perform(
        Kind.REQUEST, () -> found.set(supervisor.libraries().count(library) > 0));
    return found.get();
  }

  /** Lets the parked workers of a library look again. */
  void causeGone(String library) {
    wake(library, worker -> true);
  }

  /** Lets some of the parked workers of a library look again. */
  void wake(String library, Predicate<BackgroundWorker> which) {
    forEach(library, which, new Event.CauseGone());
  }

  /** Gives the parked workers of a library a better reason. */
  void explain(String library, WorkerReason reason) {
    forEach(library, worker -> true, new Event.Explained(reason));
  }

  private void forEach(String library, Predicate<BackgroundWorker> which, Event event) {
    supervisor.perform(
        Kind.REQUEST,
        () -> {
          Moment now = supervisor.moment();
          supervisor
              .libraries()
              .slots(library)
              .mapToObj(supervisor.table::slot)
              .filter(slot -> slot != null && which.test(slot.worker()))
              .forEach(slot -> supervisor.apply(slot, event, now));
        });
  }
}
