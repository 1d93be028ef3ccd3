// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collection;
import java.util.Hashtable;
import java.util.Map;
import java.util.Properties;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.jdbc.DataSourceFactory;

/** What a driver's bundle does: it offers the driver as a service. */
public final class AcmeDriverActivator implements BundleActivator {

  @Override
  public void start(BundleContext context) throws Exception {
    Collection<ServiceReference<DataSourceFactory>> keepers =
        context.getServiceReferences(
            DataSourceFactory.class,
            "(" + DataSourceFactory.OSGI_JDBC_DRIVER_CLASS + "=org.h2.Driver)");
    DataSourceFactory keeper = context.getService(keepers.iterator().next());
    Driver driver = new AcmeDriver(keeper.createDriver(new Properties()));
    context.registerService(
        DataSourceFactory.class,
        new Factory(driver),
        new Hashtable<>(
            Map.of(
                DataSourceFactory.OSGI_JDBC_DRIVER_CLASS,
                "org.acme.Driver",
                DataSourceFactory.OSGI_JDBC_DRIVER_NAME,
                "acme")));
  }

  @Override
  public void stop(BundleContext context) {
    // the framework takes the service away
  }

  private record Factory(Driver driver) implements DataSourceFactory {
    @Override
    public Driver createDriver(Properties properties) {
      return driver;
    }

    @Override
    public DataSource createDataSource(Properties properties) throws SQLException {
      throw new SQLFeatureNotSupportedException("driver only");
    }

    @Override
    public ConnectionPoolDataSource createConnectionPoolDataSource(Properties properties)
        throws SQLException {
      throw new SQLFeatureNotSupportedException("driver only");
    }

    @Override
    public XADataSource createXADataSource(Properties properties) throws SQLException {
      throw new SQLFeatureNotSupportedException("driver only");
    }
  }
}
