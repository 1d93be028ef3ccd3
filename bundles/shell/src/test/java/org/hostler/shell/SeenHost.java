// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.nio.file.Path;
import java.util.Optional;
import org.hostler.database.Databases;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.Settings;
import org.hostler.worker.stat.WorkerStats;

/**
 * A host on which there is something to see and nothing else.
 *
 * @param seen what there is to see
 * @param databases the databases, if there are any
 */
record SeenHost(Seen seen, Optional<Databases> databases) implements Host {
  /** A host without databases. */
  SeenHost(Seen seen) {
    this(seen, Optional.empty());
  }

  @Override
  public WorkerStats stats() {
    return seen;
  }

  @Override
  public BackgroundWorkers workers() throws CommandFailed {
    throw CommandFailed.refused("nothing can be registered", "", "");
  }

  @Override
  public Settings settings() throws CommandFailed {
    throw CommandFailed.refused("there are no settings", "", "");
  }

  @Override
  public Path base() throws CommandFailed {
    throw CommandFailed.refused("there is no directory", "", "");
  }
}
