// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.stat;

import java.util.Locale;
import org.hostler.worker.HandleStatus;

/** Where a registered worker is in its life. */
public enum WorkerState {
  /** Registered; the supervisor has not looked at it yet, or preloading is not over. */
  REQUESTED(HandleStatus.NOT_YET_STARTED),
  /**
   * Adopted, not launched yet: its phase or its library is still to come; the reason says which.
   */
  PENDING(HandleStatus.NOT_YET_STARTED),
  /** Handed to a launcher; its main was not entered yet. */
  STARTING(HandleStatus.NOT_YET_STARTED),
  /** Its main is executing. */
  RUNNING(HandleStatus.STARTED),
  /** Its main is executing and has said that it is ready. */
  READY(HandleStatus.STARTED),
  /** Between two lives: waits for its restart delay. */
  BACKOFF(HandleStatus.STOPPED),
  /** Asked to stop; the deadlines run. */
  STOPPING(HandleStatus.STARTED),
  /** Ignored every request until its deadline; its thread still runs and holds the slot. */
  ABANDONED(HandleStatus.STARTED),
  /** Not running and not due: waits for its cause to go; the reason says which. */
  PARKED(HandleStatus.STOPPED);

  private final HandleStatus handleStatus;

  WorkerState(HandleStatus handleStatus) {
    this.handleStatus = handleStatus;
  }

  /** Returns what a handle says in this state (contract H2). */
  public HandleStatus handleStatus() {
    return handleStatus;
  }

  /** Tells whether a thread or process of this worker exists. */
  public boolean alive() {
    return this == STARTING || handleStatus == HandleStatus.STARTED;
  }

  /** Returns the form users read, for instance {@code running}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
