// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.supervisor.LoadedFunction.OfBundle;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * Ends the lives that run code which is about to go, and waits for them; wakes the workers that
 * were parked when it is back.
 *
 * <p>A drained life is no exit in the sense of the restart policy: the registration stays.
 */
final class Drains {
  private static final Duration AFTER_DEADLINE = Duration.ofMillis(500);

  private final Supervisor supervisor;
  private final FunctionDirectory directory;

  Drains(Supervisor supervisor, FunctionDirectory directory) {
    this.supervisor = supervisor;
    this.directory = directory;
  }

  /**
   * Takes functions away and ends the lives that run them; waits for them.
   *
   * @param library the symbolic name of their bundle
   * @param gone which functions
   * @param waiting whether workers of the library that do not run are parked as well
   * @param reason what they are parked with, unless another function of that name is left
   */
  void drain(String library, Predicate<OfBundle> gone, boolean waiting, WorkerReason reason) {
    List<WorkerId> asked = new ArrayList<>();
    supervisor.perform(
        Kind.REQUEST,
        () -> {
          directory.remove(gone);
          BitSet slots = supervisor.libraries().slots(library);
          for (int i = slots.nextSetBit(0); i >= 0; i = slots.nextSetBit(i + 1)) {
            ask(supervisor.table.slot(i), gone, waiting, reason, asked);
          }
        });
    await(asked);
  }

  private void ask(
      @Nullable WorkerSlot slot,
      Predicate<OfBundle> gone,
      boolean waiting,
      WorkerReason reason,
      List<WorkerId> asked) {
    if (slot == null) {
      return;
    }
    BackgroundWorker worker = slot.worker();
    boolean runs =
        slot.state().alive()
            && supervisor.table.life(slot.index()) instanceof WorkerLife life
            && life.function() instanceof OfBundle function
            && gone.test(function);
    boolean another = directory.find(worker.library(), worker.function()) != null;
    boolean waits = slot.state() == WorkerState.BACKOFF || slot.state() == WorkerState.PARKED;
    if (runs || (waiting && waits && !another)) {
      Event event = another ? new Event.Restart() : new Event.Drain(reason);
      supervisor.apply(slot, event, supervisor.moment());
    }
    if (runs) {
      asked.add(slot.id());
    }
  }

  /** Waits to the end, also when interrupted: the code that still runs must not lose its bundle. */
  private void await(List<WorkerId> asked) {
    WorkerLife self = WorkerLife.current();
    if (self != null) {
      asked.remove(self.id()); // a worker that stops its own bundle is not waited for
    }
    long end =
        System.nanoTime()
            + supervisor.rules().lifecycle().stopTimeout().plus(AFTER_DEADLINE).toNanos();
    boolean interrupted = false;
    boolean over = asked.isEmpty();
    while (!over) {
      try {
        supervisor.waiters.await(
            Waiters.ANY,
            () -> asked.stream().allMatch(this::ended),
            end - System.nanoTime(),
            () -> {});
        over = true;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
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
    supervisor.perform(Kind.REQUEST, () -> found.set(supervisor.libraries().count(library) > 0));
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
          BitSet slots = supervisor.libraries().slots(library);
          for (int i = slots.nextSetBit(0); i >= 0; i = slots.nextSetBit(i + 1)) {
            WorkerSlot slot = supervisor.table.slot(i);
            if (slot != null && which.test(slot.worker())) {
              supervisor.apply(slot, event, now);
            }
          }
        });
  }
}
