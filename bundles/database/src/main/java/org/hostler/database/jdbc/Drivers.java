// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hostler.database.DatabaseConnectException.Reason;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.jdbc.DataSourceFactory;

/** Finds the driver of a database among those that bundles offer as services. */
final class Drivers {
  private static final String H2 = "org.h2.Driver";
  private static final Map<String, String> USUAL =
      Map.of("h2", H2, "postgresql", "org.postgresql.Driver");

  private final Supplier<List<Offered>> offered;

  /**
   * One driver that is there.
   *
   * @param className the class name of the driver
   * @param factory what makes it
   */
  record Offered(String className, DataSourceFactory factory) {}

  /**
   * Makes a search.
   *
   * @param offered gives the drivers that are there, the preferred first
   */
  Drivers(Supplier<List<Offered>> offered) {
    this.offered = offered;
  }

  /** Returns a search among the services of the framework. */
  static Drivers ofServices(BundleContext context) {
    return new Drivers(() -> services(context));
  }

  private static List<Offered> services(BundleContext context) {
    try {
      // A driver of an upgraded bundle is offered twice for a moment: the last one sorted wins.
      TreeMap<ServiceReference<DataSourceFactory>, Offered> found = new TreeMap<>();
      for (var reference : context.getServiceReferences(DataSourceFactory.class, null)) {
        Object name = reference.getProperty(DataSourceFactory.OSGI_JDBC_DRIVER_CLASS);
        DataSourceFactory factory = context.getService(reference);
        if (factory != null) {
          found.put(reference, new Offered(String.valueOf(name), factory));
          context.ungetService(reference); // the object itself stays usable while its bundle runs
        }
      }
      return List.copyOf(found.descendingMap().values());
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter was given", e);
    }
  }

  /**
   * Returns the class name of the driver that has to be it; empty when any may that takes the URL.
   */
  private static String wanted(DatabaseTarget target, List<Offered> all) {
    if (target.embedded() || !target.driver().isEmpty()) {
      return target.embedded() ? H2 : target.driver();
    }
    String usual = USUAL.getOrDefault(target.kind(), "");
    for (Offered each : all) {
      if (each.className.equals(usual)) {
        return usual; // a URL that it does not take is malformed, and not that of another
      }
    }
    return "";
  }

  /**
   * Returns the driver for a request.
   *
   * @throws SQLException when there is none, naming those that are there
   */
  Driver find(SessionRequest request) throws SQLException {
    DatabaseTarget target = request.target();
    List<Offered> all = offered.get();
    String wanted = wanted(target, all);
    for (Offered each : all) {
      if (wanted.isEmpty() || each.className.equals(wanted)) {
        Driver driver = each.factory.createDriver(new Properties());
        if (!wanted.isEmpty() || driver.acceptsURL(target.url())) {
          return driver;
        }
      }
    }
    List<String> names = all.stream().map(Offered::className).distinct().sorted().toList();
    throw request.failure(
        Reason.NO_DRIVER,
        String.join(
            "\n",
            wanted.isEmpty()
                ? "no driver that is there knows its URL \"%s\"".formatted(target.url())
                : "its driver \"%s\" is not there".formatted(wanted),
            "%d drivers are there: %s".formatted(names.size(), String.join(", ", names)),
            "Put a driver that is an OSGi bundle into deploy/, or correct \"database.%s.url\" or"
                    .formatted(target.name())
                + " \".driver\"."),
        null);
  }
}
