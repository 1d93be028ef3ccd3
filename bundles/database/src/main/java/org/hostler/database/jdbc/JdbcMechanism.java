// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.DatabaseMechanism;

/** Offers databases by JDBC. */
final class JdbcMechanism implements DatabaseMechanism {
  private final HostConnections connections;
  private final LiveSessions live;
  private final Pools pools;
  private final Health health;
  private final Notifications notifications;
  private final InstantSource clock;
  private final LineCheck lines;

  JdbcMechanism(
      HostConnections connections,
      LiveSessions live,
      Pools pools,
      Health health,
      Notifications notifications,
      LineCheck lines,
      InstantSource clock) {
    this.connections = connections;
    this.live = live;
    this.pools = pools;
    this.health = health;
    this.notifications = notifications;
    this.clock = clock;
    this.lines = lines;
  }

  @Override
  public void follow(DatabaseListener listener) {
    health.follow(listener);
  }

  @Override
  public void awaitAnswer(Duration timeout) throws InterruptedException {
    health.awaitAnswer(timeout);
  }

  @Override
  public WorkerDoor open(WorkerContext context) {
    return new WorkerEntrance(
        context, connections, live, pools, health, notifications, lines, clock);
  }

  @Override
  public Optional<String> down(WorkerId worker) {
    return health.down(worker);
  }

  @Override
  public Optional<String> phaseReason() {
    return health.phaseReason();
  }

  @Override
  public void settingsChanged() {
    health.settingsChanged();
    connections.settingsChanged();
  }
}
