// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.hostler.database.Databases;
import org.hostler.worker.Settings;
import org.hostler.worker.spi.DatabaseMechanism;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Offers databases; opens none. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class DatabaseActivator implements BundleActivator {
  /** How long worker and server may each wait for the other before their line counts as cut. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private @Nullable HostConnections connections;
  private @Nullable LiveSessions live;
  private @Nullable Pools pools;
  private @Nullable Health health;
  private @Nullable Notifications notifications;
  private @Nullable MechanismThreads threads;
  private @Nullable LineCheck lines;

  /** Made by the framework. */
  public DatabaseActivator() {}

  @Override
  public void start(BundleContext context) {
    ServiceReference<Settings> reference = context.getServiceReference(Settings.class);
    Settings settings = reference == null ? null : context.getService(reference);
    if (settings == null) {
      throw new IllegalStateException("databases: the supervisor's settings are not there");
    }
    String named = context.getProperty("hostler.base");
    Path base = Path.of(named == null ? "." : named).toAbsolutePath().normalize();
    MechanismThreads own = new MechanismThreads();
    threads = own;
    LiveSessions sessions = new LiveSessions();
    live = sessions;
    HostConnections mine =
        new HostConnections(
            base,
            settings::current,
            Drivers.ofServices(context),
            own,
            new EmbeddedFiles(base.resolve("data")),
            sessions);
    connections = mine;
    Pools lent = new Pools(mine, sessions);
    pools = lent;
    Prober prober = new Prober(mine, sessions::isBarred);
    Health watch =
        new Health(prober, own::execute, System::nanoTime, () -> mine.config().watched());
    health = watch;
    Notifications letters = new Notifications(mine, watch::doubt, sessions::isBarred);
    notifications = letters;
    LineCheck watching = new LineCheck(mine, sessions, PATIENCE);
    lines = watching;
    context.registerService(
        DatabaseMechanism.class,
        new JdbcMechanism(mine, sessions, lent, watch, letters, watching, InstantSource.system()),
        null);
    Removal removal =
        new Removal(mine, sessions, watch, name -> letGo(prober, lent, name), Removal.GRACE);
    context.registerService(
        Databases.class, new HostDatabases(mine, sessions, watch, removal, letters), null);
  }

  /** Closes what is connected to a database and is no worker's session. */
  private static void letGo(Prober prober, Pools pools, String database) {
    prober.letGo(database);
    pools.close(database);
  }

  @Override
  public void stop(BundleContext context) {
    if (lines != null) {
      lines.close();
    }
    if (notifications != null) {
      notifications.close();
    }
    if (health != null) {
      health.close();
    }
    if (pools != null) {
      pools.close();
    }
    if (live != null) {
      live.close();
    }
    if (connections != null) {
      connections.close();
    }
    if (threads != null) {
      threads.close();
    }
  }
}
