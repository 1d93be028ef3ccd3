// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.time.InstantSource;
import java.util.Optional;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.DatabaseMechanism;

/** Offers databases by JDBC. */
final class JdbcMechanism implements DatabaseMechanism {
  private final HostConnections connections;
  private final LiveSessions live;
  private final InstantSource clock;

  JdbcMechanism(HostConnections connections, LiveSessions live, InstantSource clock) {
    this.connections = connections;
    this.live = live;
    this.clock = clock;
  }

  @Override
  public void follow(DatabaseListener listener) {
    // B
  }

  @Override
  public WorkerDoor open(WorkerContext context) {
    return new WorkerEntrance(context, connections, live, clock);
  }

  @Override
  public Optional<String> down(WorkerId worker) {
    return Optional.empty();
  }
}
