// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.hostler.database.Databases;
import org.hostler.worker.Settings;
import org.hostler.worker.spi.DatabaseMechanism;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Offers databases; opens none, and makes nothing before it is needed. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class DatabaseActivator implements BundleActivator {
  private @Nullable WhenNeeded databases;

  /** Made by the framework. */
  public DatabaseActivator() {}

  @Override
  public void start(BundleContext context) {
    ServiceReference<Settings> reference = context.getServiceReference(Settings.class);
    Settings settings = reference == null ? null : context.getService(reference);
    if (settings == null) {
      throw new IllegalStateException("databases: the supervisor's settings are not there");
    }
    WhenNeeded offered = new WhenNeeded(settings, new Maker(context, settings));
    databases = offered;
    context.registerService(DatabaseMechanism.class, offered, null);
    context.registerService(Databases.class, offered.databases(), null);
  }

  /** Not a lambda: that would be made while the host starts, also when nobody calls it. */
  private record Maker(BundleContext context, Settings settings)
      implements Supplier<DatabaseParts> {
    @Override
    public DatabaseParts get() {
      String named = context.getProperty("hostler.base");
      Path base = Path.of(named == null ? "." : named).toAbsolutePath().normalize();
      return new DatabaseParts(base, settings::current, Drivers.ofServices(context));
    }
  }

  @Override
  public void stop(BundleContext context) {
    if (databases != null) {
      databases.close();
    }
  }
}
