// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.supervisor.Event.Outlook;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.spi.WorkerLauncher;
import org.hostler.worker.spi.WorkerLauncher.LaunchedWorker;
import org.hostler.worker.stat.HostStat.Phase;

/**
 * What the supervisor needs beside its table: the world as far as decisions depend on it, and
 * hands.
 *
 * <p>The first group is asked with the baton held and answers from memory; the second is called
 * after the baton is released. The simulation has its own.
 */
interface Mechanisms {

  /** Returns the symbolic name in a registration's library. */
  String symbolicName(String library);

  /** Returns whether a worker can be launched now. */
  Outlook outlook(WorkerSlot slot, Phase phase);

  /**
   * Returns what runs a worker.
   *
   * @throws IllegalStateException when there is nothing that does
   */
  WorkerLauncher launcher(BackgroundWorker worker);

  /** Has a worker's library looked for on another thread, which posts the outcome. */
  void load(WorkerSlot slot);

  /** A life ignored every request; called after the turn. */
  void abandoned(WorkerSlot slot, LaunchedWorker life);

  /** A crash ends the host (contract C10); called after the turn. */
  void crashEndsHost(WorkerSlot slot, ExitStatus status);

  /** A step threw: an error of ours; called after the turn. */
  void stepFailed(WorkerSlot slot, Event event, Throwable thrown);
}
