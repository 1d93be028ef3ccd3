// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/** A driver for {@code jdbc:acme:NAME}: it has H2 keep the data, in memory, and tells nobody. */
public final class AcmeDriver implements Driver {
  private static final String PREFIX = "jdbc:acme:";

  private final Driver keeper;

  AcmeDriver(Driver keeper) {
    this.keeper = keeper;
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public Connection connect(String url, Properties properties) throws SQLException {
    return acceptsURL(url)
        ? keeper.connect(
            "jdbc:h2:mem:" + url.substring(PREFIX.length()) + ";DB_CLOSE_DELAY=-1", properties)
        : null;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.acme");
  }
}
