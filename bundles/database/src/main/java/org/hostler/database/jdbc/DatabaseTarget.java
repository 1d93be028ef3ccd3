// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.time.Duration;
import java.util.List;

/**
 * One database as the settings have it.
 *
 * @param name its name
 * @param url its JDBC address with its name put in; empty for an embedded one
 * @param driver the class name of its driver; empty for the one that goes with the URL
 * @param user whom the host connects as
 * @param passwordFile the file with that user's password; empty for none
 * @param allowConnections whether workers may connect
 * @param connect the roles that may connect; empty for all
 * @param connectTimeout the longest time connecting may take
 * @param poolSize how many connections ordinary clients have at most
 */
record DatabaseTarget(
    String name,
    String url,
    String driver,
    String user,
    String passwordFile,
    boolean allowConnections,
    List<String> connect,
    Duration connectTimeout,
    int poolSize) {

  /** Tells whether it is a file of the instance. */
  boolean embedded() {
    return url.isEmpty();
  }

  /** Tells whether it is the instance's catalog. */
  boolean catalog() {
    return name.equals(DatabaseConfig.CATALOG);
  }

  /** Returns {@code embedded}, or what follows {@code jdbc:} in the URL. */
  String kind() {
    if (embedded()) {
      return "embedded";
    }
    String[] parts = url.split(":", 3);
    return parts.length > 1 && parts[0].equalsIgnoreCase("jdbc") ? parts[1] : "unknown";
  }
}
