// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.hostler.worker.SettingsSnapshot;

/** All parts of the bundle, put together; opens nothing and starts no thread. */
final class DatabaseParts {
  /** How long worker and server may each wait for the other before their line counts as cut. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final MechanismThreads threads = new MechanismThreads();
  private final LiveSessions live = new LiveSessions();
  private final HostConnections connections;
  private final Pools pools;
  private final Prober prober;
  private final Health health;
  private final Notifications notifications;
  private final LineCheck lines;

  /** What the supervisor sees. */
  final JdbcMechanism mechanism;

  /** What surfaces and services see. */
  final HostDatabases databases;

  /**
   * Puts them together.
   *
   * @param base the instance's directory
   * @param settings gives the settings in force
   */
  DatabaseParts(Path base, Supplier<SettingsSnapshot> settings, Drivers drivers) {
    EmbeddedFiles files =
        new EmbeddedFiles(
            base.resolve("data"),
            name -> DatabaseConfig.of(settings.get()).synchronousCommit(name));
    connections = new HostConnections(base, settings, drivers, threads, files, live);
    pools = new Pools(connections, live);
    prober = new Prober(connections, live::isBarred);
    health =
        new Health(
            prober, threads::execute, System::nanoTime, () -> connections.config().watched());
    notifications = new Notifications(connections, health::doubt, live::isBarred);
    lines = new LineCheck(connections, live, PATIENCE);
    mechanism =
        new JdbcMechanism(
            connections, live, pools, health, notifications, lines, InstantSource.system());
    Removal removal =
        new Removal(connections, live, health, pools::clients, this::letGo, Removal.GRACE);
    databases = new HostDatabases(connections, live, health, removal, notifications);
  }

  /** Closes what is connected to a database and is no worker's session. */
  private void letGo(String database) {
    prober.letGo(database);
    pools.close(database);
  }

  /** Ends every session and closes every database. */
  void close() {
    lines.close();
    notifications.close();
    health.close();
    pools.close();
    live.close();
    connections.close();
    threads.close();
  }
}
