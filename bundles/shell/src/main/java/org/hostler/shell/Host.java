// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.nio.file.Path;
import java.util.Optional;
import org.hostler.database.Databases;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.Settings;
import org.hostler.worker.stat.WorkerStats;

/** What the commands need of the host, each looked up when a command asks for it. */
interface Host {
  /** Returns what can be seen of workers. */
  WorkerStats stats() throws CommandFailed;

  /** Returns what registers and finds workers. */
  BackgroundWorkers workers() throws CommandFailed;

  /** Returns the settings. */
  Settings settings() throws CommandFailed;

  /** Returns the databases; empty while no bundle offers any. */
  Optional<Databases> databases();

  /** Returns the directory of the instance. */
  Path base() throws CommandFailed;
}
