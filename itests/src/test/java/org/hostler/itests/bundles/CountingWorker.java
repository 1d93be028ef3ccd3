// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.hostler.database.DatabaseSession;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Component;

/**
 * Counts in a table, two rows a transaction, and says how far it has got: what is lost shows as a
 * gap, what is done by halves as one row, what is done twice fails.
 *
 * <p>Its argument is {@code DATABASE TABLE}, then {@code ROLE} if it is to have one.
 */
@Component
@WorkerFunction("count")
public final class CountingWorker implements WorkerMain {

  @Override
  public void run(WorkerContext context) throws SQLException {
    String[] words = context.mainArg().toString().replace("text:", "").split(" ");
    String role = words.length > 2 ? words[2] : null;
    DatabaseSession session = context.database().connect(words[0], role);
    while (true) {
      context.latch().reset();
      context.checkForInterrupts();
      long number = session.inTransaction(connection -> count(connection, words[1]));
      context.status("committed " + number);
      context.latch().await(Duration.ofMillis(2));
    }
  }

  private static long count(Connection connection, String table) throws SQLException {
    long number;
    try (PreparedStatement last =
            connection.prepareStatement("select coalesce(max(n), 0) from " + table);
        ResultSet result = last.executeQuery()) {
      result.next();
      number = result.getLong(1) + 1;
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into " + table + " (n, half) values (?, ?)")) {
      for (int half = 1; half <= 2; half++) {
        insert.setLong(1, number);
        insert.setInt(2, half);
        insert.executeUpdate();
      }
    }
    return number;
  }
}
