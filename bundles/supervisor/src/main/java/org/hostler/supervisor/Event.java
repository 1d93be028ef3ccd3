// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.stat.WorkerReason;

/** What can happen to one registered worker; the columns of {@link WorkerLifecycle}'s table. */
sealed interface Event {

  /**
   * Its turn to be launched has come.
   *
   * @param outlook whether that is possible
   */
  record Attempt(Outlook outlook) implements Event {}

  /** Its library was looked for; to be attempted again. */
  record LibrarySought() implements Event {}

  /**
   * Its main is about to be entered.
   *
   * @param incarnation the life that says so
   */
  record Started(int incarnation) implements Event {}

  /**
   * It said that it is ready.
   *
   * @param incarnation the life that says so
   */
  record Ready(int incarnation) implements Event {}

  /**
   * A life is over.
   *
   * @param incarnation the life
   * @param status how it ended
   * @param ending what its databases had to do with that
   * @param chance a random number from 0 to 1, for jitter
   */
  record Exited(int incarnation, ExitStatus status, Ending ending, double chance) implements Event {
    /** One that databases had nothing to do with. */
    Exited(int incarnation, ExitStatus status, double chance) {
      this(incarnation, status, Ending.NONE, chance);
    }
  }

  /** It shall end and never be started again. */
  record Terminate() implements Event {}

  /** It shall be started afresh, at once. */
  record Restart() implements Event {}

  /**
   * A request to its running life.
   *
   * @param signal the request
   */
  record Signal(WorkerSignal signal) implements Event {}

  /**
   * Its bundle or component goes.
   *
   * @param reason what it is parked with
   */
  record Drain(WorkerReason reason) implements Event {}

  /** What it may have been waiting for is there. */
  record CauseGone() implements Event {}

  /**
   * Its reason is known better now.
   *
   * @param reason the new reason
   */
  record Explained(WorkerReason reason) implements Event {}

  /** Its deadline is over. */
  record Due() implements Event {}

  /** The host stops. */
  record HostStops() implements Event {}

  /**
   * Its bundle registered it again.
   *
   * @param worker the new description
   */
  record Readopted(BackgroundWorker worker) implements Event {}

  /** Whether a worker can be launched now. */
  sealed interface Outlook {
    /** Everything is there. */
    record Available() implements Outlook {}

    /**
     * Not yet.
     *
     * @param reason for what it waits
     */
    record Wait(WorkerReason reason) implements Outlook {}

    /** Its library is to be looked for first. */
    record Load() implements Outlook {}

    /**
     * Its library or function is not there.
     *
     * @param reason what is missing
     */
    record Missing(WorkerReason reason) implements Outlook {}

    /**
     * It was parked because its database is down, and would find it down still.
     *
     * @param reason how it is down now
     */
    record Down(WorkerReason reason) implements Outlook {}

    /** Nothing is started any more. */
    record Never() implements Outlook {}
  }
}
