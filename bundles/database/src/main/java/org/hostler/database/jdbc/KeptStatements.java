// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The prepared statements of {@code query} and {@code update} of one session: the {@value #MOST}
 * used last stay prepared.
 *
 * <p>One that is in use is not among them: the reader of a row may run the same text again.
 */
final class KeptStatements {
  private static final int MOST = 32;

  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(4);

  /** Returns the statement for a text, which is then the caller's. */
  PreparedStatement take(Connection connection, String sql) throws SQLException {
    PreparedStatement found = statements.remove(sql);
    return found != null ? found : connection.prepareStatement(sql);
  }

  /** Keeps a statement for the next time. */
  void keep(String sql, PreparedStatement statement) throws SQLException {
    PreparedStatement other = statements.put(sql, statement);
    if (other != null) {
      other.close();
    }
    if (statements.size() > MOST) {
      var eldest = statements.entrySet().iterator();
      PreparedStatement least = eldest.next().getValue();
      eldest.remove();
      least.close();
    }
  }

  /** Closes them all. */
  void clear() throws SQLException {
    for (PreparedStatement each : statements.values()) {
      each.close();
    }
    statements.clear();
  }
}
