// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.util.OsgiDataSourceFactory;
import org.hostler.database.jdbc.Drivers.Offered;
import org.hostler.worker.SettingsSnapshot;
import org.postgresql.osgi.PGDataSourceFactory;

/** The bundle's parts put together as its activator does, with real drivers and no framework. */
final class TestHost implements AutoCloseable {
  final MechanismThreads threads = new MechanismThreads();
  final LiveSessions live = new LiveSessions();
  final Pools pools;
  final HostConnections connections;
  final Health health;
  final Notifications notifications;
  final HostDatabases databases;
  final JdbcMechanism mechanism;
  private final Map<String, Object> values = new HashMap<>();
  private volatile SettingsSnapshot settings;
  private long version = 1;

  TestHost(Path base, Map<String, ?> values) {
    this(base, values, Removal.GRACE);
  }

  /** One whose removals wait as long. */
  TestHost(Path base, Map<String, ?> values, Duration grace) {
    this.values.putAll(values);
    this.settings = SettingsSnapshot.of(version, this.values);
    this.connections =
        new HostConnections(
            base,
            () -> settings,
            new Drivers(
                () ->
                    List.of(
                        new Offered(
                            "org.h2.Driver", new OsgiDataSourceFactory(new org.h2.Driver())),
                        new Offered("org.postgresql.Driver", new PGDataSourceFactory()))),
            threads,
            new EmbeddedFiles(
                base.resolve("data"), name -> DatabaseConfig.of(settings).synchronousCommit(name)),
            live);
    this.pools = new Pools(connections, live);
    Prober prober = new Prober(connections, live::isBarred);
    this.health =
        new Health(
            prober, threads::execute, System::nanoTime, () -> connections.config().watched());
    this.notifications = new Notifications(connections, health::doubt, live::isBarred);
    this.databases =
        new HostDatabases(
            connections,
            live,
            health,
            new Removal(
                connections,
                live,
                health,
                pools::clients,
                name -> {
                  prober.letGo(name);
                  pools.close(name);
                },
                grace),
            notifications);
    LineCheck lines = new LineCheck(connections, live, Duration.ofSeconds(5));
    this.mechanism =
        new JdbcMechanism(
            connections, live, pools, health, notifications, lines, InstantSource.system());
  }

  /** Changes a setting, as a reload does. */
  void set(String name, Object value) {
    values.put(name, value);
    settings = SettingsSnapshot.of(++version, values);
  }

  /** Opens the door of a life on the calling thread. */
  WorkerEntrance door(TestLife life) {
    return (WorkerEntrance) mechanism.open(life);
  }

  @Override
  public void close() {
    notifications.close();
    health.close();
    pools.close();
    live.close();
    connections.close();
    threads.close();
  }
}
