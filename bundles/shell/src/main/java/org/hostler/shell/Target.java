// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.Optional;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.stat.WorkerStat;

/**
 * A registered worker and what controls it.
 *
 * @param stat what was known of it when it was looked up
 * @param handle its handle
 */
record Target(WorkerStat stat, BackgroundWorkerHandle handle) {

  /** Finds it; one that is gone is refused. */
  static Target of(Host host, String typed) throws CommandFailed {
    WorkerNames names = new WorkerNames(host.stats());
    WorkerStat stat = names.live(typed);
    Optional<BackgroundWorkerHandle> handle = host.workers().find(stat.id());
    if (handle.isEmpty()) { // it went in this very moment
      throw CommandFailed.refused(new Found.Live(stat).subject() + ": is gone", "", "");
    }
    return new Target(stat, handle.get());
  }

  /** Returns name and id, as messages begin. */
  String subject() {
    return new Found.Live(stat).subject();
  }
}
