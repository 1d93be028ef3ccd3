// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.nio.file.Path;
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
  private @Nullable HostConnections connections;
  private @Nullable Health health;
  private @Nullable MechanismThreads threads;

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
    LiveSessions live = new LiveSessions();
    HostConnections mine =
        new HostConnections(
            base,
            settings::current,
            Drivers.ofServices(context),
            own,
            new EmbeddedFiles(base.resolve("data")),
            live);
    connections = mine;
    Health watch =
        new Health(new Prober(mine), own::execute, System::nanoTime, () -> mine.config().watched());
    health = watch;
    context.registerService(
        DatabaseMechanism.class,
        new JdbcMechanism(mine, live, watch, InstantSource.system()),
        null);
    context.registerService(Databases.class, new HostDatabases(mine, live, watch), null);
  }

  @Override
  public void stop(BundleContext context) {
    if (health != null) {
      health.close();
    }
    if (connections != null) {
      connections.close();
    }
    if (threads != null) {
      threads.close();
    }
  }
}
