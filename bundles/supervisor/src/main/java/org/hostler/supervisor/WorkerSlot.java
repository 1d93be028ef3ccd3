// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Optional;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor knows of one registered worker: an immutable value that readers get without a
 * lock, and the whole input of {@link WorkerLifecycle}.
 *
 * @param index the slot's number
 * @param generation the number of the registration
 * @param incarnation the number of the last life begun, 0 before the first
 * @param worker the description in force
 * @param origin who registered it
 * @param state where it is
 * @param reason why it does not run; null while it runs or waits for a delay
 * @param stopping why and since when it is asked to end; null when it is not
 * @param budget its restarts so far
 * @param times when what happened
 * @param lastExit how its last life ended; null before
 * @param deadline when {@link Event.Due} is due, {@link #NEVER} for none
 * @param loadTried whether its library was looked for since the last attempt began
 */
record WorkerSlot(
    int index,
    long generation,
    int incarnation,
    BackgroundWorker worker,
    Origin origin,
    WorkerState state,
    @Nullable WorkerReason reason,
    @Nullable Stopping stopping,
    Budget budget,
    Times times,
    @Nullable LastExit lastExit,
    long deadline,
    boolean loadTried) {

  /** No deadline. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * Who registered a worker, which decides what becomes of it when its bundle comes and goes.
   *
   * @param registeredStatically whether it is a static worker
   * @param bundle the symbolic name of the bundle that owns the registration; empty for a dynamic
   *     one
   * @param component the component that carries {@code @RegisterWorker}; empty when there is none
   */
  record Origin(boolean registeredStatically, String bundle, String component) {
    static final Origin DYNAMIC = new Origin(false, "", "");
  }

  /** Why a worker is asked to end. */
  enum Cause {
    /** By a plain TERM: the restart policy decides (X11). */
    SIGNAL,
    /** By a person who wants it started again. */
    RESTART,
    /** Because its bundle or component goes: it is parked. */
    DRAIN,
    /** For good. */
    TERMINATE
  }

  /**
   * A stop that is under way.
   *
   * @param cause why
   * @param parkAs the reason it is parked with afterwards, for {@code DRAIN}
   * @param since when it was asked, monotonic
   */
  record Stopping(Cause cause, @Nullable WorkerReason parkAs, long since) {}

  /**
   * When what happened.
   *
   * @param registered wall clock
   * @param started wall clock, when its main was last entered; 0 before
   * @param ready wall clock, when this life said it was ready; 0 before
   * @param startedNanos monotonic, when its main was last entered; {@link #NEVER} from a launch
   *     until then, so that a life that never began counts as no time at all
   */
  record Times(long registered, long started, long ready, long startedNanos) {}

  /**
   * How a life ended.
   *
   * @param status how
   * @param at when, wall clock
   */
  record LastExit(ExitStatus status, long at) {}

  static WorkerSlot requested(
      int index, long generation, BackgroundWorker worker, Origin origin, Moment now) {
    return new WorkerSlot(
        index,
        generation,
        0,
        worker,
        origin,
        WorkerState.REQUESTED,
        null,
        null,
        Budget.FRESH,
        new Times(now.millis(), 0, 0, 0),
        null,
        NEVER,
        false);
  }

  WorkerId id() {
    return new WorkerId(index, generation, incarnation);
  }

  /** Tells whether its registration ends with its present life, or before the next. */
  boolean terminating() {
    return stopping != null && stopping.cause() == Cause.TERMINATE;
  }

  Optional<WorkerReason> why() {
    return Optional.ofNullable(reason);
  }

  WorkerSlot to(WorkerState next, @Nullable WorkerReason why, long due) {
    return new WorkerSlot(
        index,
        generation,
        incarnation,
        worker,
        origin,
        next,
        why,
        null,
        budget,
        times,
        lastExit,
        due,
        loadTried);
  }

  WorkerSlot stopping(Stopping stop, WorkerState next, long due) {
    return new WorkerSlot(
        index,
        generation,
        incarnation,
        worker,
        origin,
        next,
        null,
        stop,
        budget,
        times,
        lastExit,
        due,
        loadTried);
  }

  WorkerSlot launched(Budget spent) {
    Times fresh = new Times(times.registered(), times.started(), 0, NEVER);
    return new WorkerSlot(
        index,
        generation,
        incarnation == Integer.MAX_VALUE ? 1 : incarnation + 1, // a night of restarts at once
        worker,
        origin,
        WorkerState.STARTING,
        null,
        null,
        spent,
        fresh,
        lastExit,
        NEVER,
        false);
  }

  WorkerSlot with(WorkerState next, Times changed) {
    return new WorkerSlot(
        index,
        generation,
        incarnation,
        worker,
        origin,
        next,
        reason,
        stopping,
        budget,
        changed,
        lastExit,
        deadline,
        loadTried);
  }

  WorkerSlot with(Budget changed) {
    return new WorkerSlot(
        index,
        generation,
        incarnation,
        worker,
        origin,
        state,
        reason,
        stopping,
        changed,
        times,
        lastExit,
        deadline,
        loadTried);
  }

  WorkerSlot with(LastExit exit) {
    return new WorkerSlot(
        index,
        generation,
        incarnation,
        worker,
        origin,
        state,
        reason,
        stopping,
        budget,
        times,
        exit,
        deadline,
        loadTried);
  }

  WorkerSlot with(BackgroundWorker changed) {
    return new WorkerSlot(
        index,
        generation,
        incarnation,
        changed,
        origin,
        state,
        reason,
        stopping,
        budget,
        times,
        lastExit,
        deadline,
        false);
  }

  WorkerSlot due(long at) {
    return new WorkerSlot(
        index,
        generation,
        incarnation,
        worker,
        origin,
        state,
        reason,
        stopping,
        budget,
        times,
        lastExit,
        at,
        loadTried);
  }

  WorkerSlot loadTried(boolean tried) {
    return new WorkerSlot(
        index,
        generation,
        incarnation,
        worker,
        origin,
        state,
        reason,
        stopping,
        budget,
        times,
        lastExit,
        deadline,
        tried);
  }
}
