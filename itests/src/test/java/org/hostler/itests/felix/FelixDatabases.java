// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.hostler.itests.postgres.PostgresServer;

/**
 * The databases of the container: the same three on the embedded database and on a PostgreSQL that
 * runs as long as this JVM, and some more of the latter's, each of which refuses in its own way.
 */
final class FelixDatabases {
  private static final PostgresServer SERVER = PostgresServer.named("felix");
  private static String settings = "";

  private FelixDatabases() {}

  /** Starts the server, at the first call, and returns lines of {@code hostler.conf}. */
  static synchronized String settings() throws IOException {
    if (settings.isEmpty()) {
      try {
        prepare();
      } catch (SQLException e) {
        throw new IOException("PostgreSQL cannot be prepared", e);
      }
      settings = lines();
    }
    return settings;
  }

  private static String lines() {
    StringBuilder lines = new StringBuilder();
    lines.append("database.h2.allow_connections = on\n");
    for (String name : List.of("pg", "pgclosed", "pgprivate", "pgshut", "pgrevoked", "pgmissing")) {
      lines.append("database.%s.url = '%s'\n".formatted(name, SERVER.url(name)));
      lines.append("database.%s.user = %s\n".formatted(name, PostgresServer.USER));
    }
    lines.append("database.pgfull.url = '%s'\n".formatted(SERVER.url("pgfull")));
    for (String kind : List.of("h2", "pg")) {
      lines.append("database.%sclosed.allow_connections = off\n".formatted(kind));
      lines.append("database.%sprivate.connect = alice\n".formatted(kind));
    }
    return lines
        .append("role.alice.login = on\nrole.bob.login = on\nrole.nologin.login = off\n")
        .toString();
  }

  private static void prepare() throws IOException, SQLException {
    SERVER.start();
    SERVER.execute(
        "create role alice login",
        "create role bob login",
        "create role nologin nologin",
        "create role hostler login",
        "create database pg",
        "create database pgclosed",
        "create database pgprivate",
        "create database pgshut allow_connections false",
        "create database pgrevoked",
        "revoke connect on database pgrevoked from public",
        "create database pgfull connection limit 0");
  }
}
