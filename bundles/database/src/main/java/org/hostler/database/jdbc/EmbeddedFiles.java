// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded databases: one file each under {@code data/}, opened by the first connection and
 * closed with the bundle.
 *
 * <p>They use H2's {@code async:} file system. With any other, a thread that is interrupted while
 * it reads or writes closes the file for every session.
 */
final class EmbeddedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFiles.class);
  private static final String OPTIONS =
      ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
          + ";DEFAULT_NULL_ORDERING=HIGH";

  private final Path data;
  private final Map<String, Driver> opened = new ConcurrentHashMap<>();

  /**
   * Knows the files; opens none.
   *
   * @param data the instance's directory {@code data}
   */
  EmbeddedFiles(Path data) {
    this.data = data;
  }

  /** Returns the address of a database. */
  String url(String name) {
    String options = name.equals(DatabaseConfig.CATALOG) ? OPTIONS + ";WRITE_DELAY=0" : OPTIONS;
    return "jdbc:h2:async:" + data.resolve(name) + options;
  }

  /**
   * Connects; on a thread of the mechanism's.
   *
   * @param user a user that there is
   */
  Connection connect(Driver driver, String name, String user) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", "");
    opened.put(name, driver);
    return driver.connect(url(name), properties);
  }

  /** Tells whether somebody has connected to a database. */
  boolean isOpen(String name) {
    return opened.containsKey(name);
  }

  /** Returns the file of a database. */
  Path file(String name) {
    return data.resolve(name + ".mv.db");
  }

  /** Closes a database, ending every connection to it; nothing when it is not open. */
  void shutDown(String name) throws SQLException {
    Driver driver = opened.remove(name);
    if (driver == null) {
      return;
    }
    Properties properties = new Properties();
    properties.setProperty("user", Catalog.owner(name));
    properties.setProperty("password", "");
    try (Connection connection = driver.connect(url(name) + ";IFEXISTS=TRUE", properties);
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    }
  }

  /** Closes every database. */
  void close() {
    for (String name : opened.keySet()) {
      try {
        shutDown(name);
      } catch (SQLException e) {
        LOG.warn("database \"{}\": could not be closed in good order", name, e);
      }
    }
  }
}
