// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.hostler.supervisor.Action.emit;

import java.time.Duration;
import org.hostler.supervisor.Event.Outlook;
import org.hostler.supervisor.WorkerSlot.LastExit;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RestartPolicy.Delayed;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a worker whose turn to be launched has come. A part of {@link WorkerLifecycle},
 * pure as that.
 */
final class Attempts {
  /** The shortest time between two tries of what is missing. */
  private static final long SHORTEST_RETRY = Duration.ofSeconds(1).toNanos();

  /** How often one whose database is down is looked at, should its return not be told. */
  private static final long DATABASE_LOOK = Duration.ofSeconds(5).toNanos();

  private Attempts() {}

  static Step attempt(WorkerSlot slot, Outlook outlook, Moment now) {
    if (slot.state().alive()) {
      return Step.of(slot);
    }
    if (outlook instanceof Outlook.Available) {
      return Step.of(slot.launched(slot.budget().launched(now.nanos())), new Action.Launch());
    } else if (outlook instanceof Outlook.Wait wait) {
      return Step.of(slot.to(WorkerState.PENDING, wait.reason(), WorkerSlot.NEVER));
    } else if (outlook instanceof Outlook.Load) {
      WorkerReason loading =
          new WorkerReason(Code.LOADING, "looking for library \"" + slot.worker().library() + "\"");
      return Step.of(
          slot.state() == WorkerState.PARKED
              ? slot.due(WorkerSlot.NEVER) // looked for silently; the reason stays what it was
              : slot.to(WorkerState.PENDING, loading, WorkerSlot.NEVER),
          new Action.Load());
    } else if (outlook instanceof Outlook.Missing missing) {
      return gaveUp(slot) ? Step.of(slot) : neverBegan(slot, missing.reason(), now);
    } else if (outlook instanceof Outlook.Down down) {
      return stillDown(slot, down.reason(), now);
    }
    return free(slot);
  }

  /** Exit 1 of a life that never began: it uses up no limit and is told once. */
  private static Step neverBegan(WorkerSlot slot, WorkerReason reason, Moment now) {
    boolean parkedBefore = slot.state() == WorkerState.PARKED;
    boolean restarts = slot.worker().restart() instanceof Delayed;
    ExitStatus exit = ExitStatus.failed(reason.words());
    Action told = new Action.Emit(Kind.EXITED, exit, reason.toString());
    WorkerSlot failed = slot.loadTried(false);
    if (!restarts && slot.incarnation() == 0 && !parkedBefore) {
      return Step.of(
          failed.with(new LastExit(exit, now.millis())),
          new Action.Free(),
          told,
          emit(Kind.UNREGISTERED, reason.toString())); // X3, X15
    }
    // One that has lived and lost its function stays, also with never: it waits for what it lost.
    long retry =
        slot.worker().restart() instanceof Delayed policy
            ? now.nanos() + Math.max(SHORTEST_RETRY, policy.delay(1).toNanos())
            : WorkerSlot.NEVER;
    if (parkedBefore) {
      WorkerSlot still = failed.to(WorkerState.PARKED, reason, retry);
      return reason.equals(slot.reason())
          ? Step.of(still)
          : Step.of(still, emit(Kind.PARKED, reason.toString()));
    }
    WorkerSlot parked =
        failed.with(new LastExit(exit, now.millis())).to(WorkerState.PARKED, reason, retry);
    return Step.of(parked, told, emit(Kind.PARKED, reason.toString()));
  }

  static Step librarySought(WorkerSlot slot) {
    boolean waits = slot.state() == WorkerState.PENDING || slot.state() == WorkerState.PARKED;
    return waits && !gaveUp(slot)
        ? Step.of(slot.loadTried(true), new Action.Enqueue())
        : Step.of(slot);
  }

  static Step startAfresh(WorkerSlot slot) {
    WorkerSlot fresh = slot.with(Budget.FRESH).loadTried(false).due(WorkerSlot.NEVER);
    return Step.of(
        gaveUp(slot) ? fresh.to(WorkerState.PENDING, null, WorkerSlot.NEVER) : fresh,
        new Action.Enqueue());
  }

  /** Nothing is told while the words stay the same. */
  private static Step stillDown(WorkerSlot slot, WorkerReason reason, Moment now) {
    if (gaveUp(slot)) {
      return Step.of(slot);
    }
    WorkerSlot still = slot.to(WorkerState.PARKED, reason, lookAgain(reason, now));
    return slot.state() == WorkerState.PARKED && reason.equals(slot.reason())
        ? Step.of(still)
        : Step.of(still, emit(Kind.PARKED, reason.toString()));
  }

  /** Returns when one parked with this reason is to be attempted again without being woken. */
  static long lookAgain(@Nullable WorkerReason reason, Moment now) {
    return reason != null && reason.code() == Code.DATABASE_DOWN
        ? now.nanos() + DATABASE_LOOK
        : WorkerSlot.NEVER;
  }

  private static boolean gaveUp(WorkerSlot slot) {
    return slot.reason() != null && slot.reason().code() == Code.LIMIT_REACHED;
  }

  /** Ends the registration. */
  static Step free(WorkerSlot slot) {
    return Step.of(slot.due(WorkerSlot.NEVER), new Action.Free(), emit(Kind.UNREGISTERED, ""));
  }
}
