// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerEvent;

/** What a step of {@link WorkerLifecycle} wants done; carried out by {@link Supervisor}. */
sealed interface Action {

  /** Begin a life with the incarnation the slot now has. */
  record Launch() implements Action {}

  /** Look for the library. */
  record Load() implements Action {}

  /** Put the worker into the queue of those to be launched. */
  record Enqueue() implements Action {}

  /**
   * Hand a request to the running life.
   *
   * @param signal the request
   */
  record Send(WorkerSignal signal) implements Action {}

  /** Interrupt the running life. */
  record Interrupt() implements Action {}

  /** Leave the running life to itself. */
  record Abandon() implements Action {}

  /** Free the slot. */
  record Free() implements Action {}

  /**
   * End the host because of a crash (contract C10).
   *
   * @param status the crash
   */
  record EndHost(ExitStatus status) implements Action {}

  /**
   * Tell everybody.
   *
   * @param kind what happened
   * @param status the exit, for {@code EXITED} and {@code CRASHED}; else done
   * @param detail more, in words
   */
  record Emit(WorkerEvent.Kind kind, ExitStatus status, String detail) implements Action {}

  /** Tells everybody something that is no exit. */
  static Emit emit(WorkerEvent.Kind kind, String detail) {
    return new Emit(kind, ExitStatus.done(), detail);
  }
}
