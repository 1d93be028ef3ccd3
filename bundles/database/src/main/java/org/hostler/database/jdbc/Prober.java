// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.hostler.database.DatabaseConnectException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks databases how they are, as the user the host itself connects with. Each question takes at
 * most {@code connect_timeout}; keeps the connection to the one that is asked for ever.
 *
 * <p>What a kept connection says holds for whoever is connected. A server that is being stopped
 * lets nobody in any more before it ends its sessions, and it ends one after the other: when a
 * session was lost, only a new connection tells how the database is.
 */
final class Prober implements Health.Asking {
  private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

  private static final long NOT_KEPT = -1;

  private final HostConnections connections;
  private final Predicate<String> barred;
  private final Map<String, Held> held = new HashMap<>();

  /** How often something was let go of; what was begun before that is not kept. */
  private long lettings;

  private boolean closed;

  /** A connection that is kept, and where it leads. */
  private record Held(String url, Connection connection) {}

  Prober(HostConnections connections, Predicate<String> barred) {
    this.connections = connections;
    this.barred = barred;
  }

  @Override
  public Answer ask(String database, boolean keep) {
    DatabaseTarget target = connections.config().database(database);
    if (barred.test(database)) {
      return Answer.UNKNOWN; // it is being removed, and a question would be in the way
    } else if (target.embedded()) {
      return Answer.of(false); // a file of this process: it is there, or fails in its own words
    }
    Held mine;
    long begun;
    synchronized (this) {
      mine = held.remove(database);
      begun = keep ? lettings : NOT_KEPT;
    }
    if (mine != null) {
      try {
        if (mine.url.equals(target.url())) {
          Answer answer = question(mine.connection, target);
          keep(database, mine, begun);
          return answer;
        }
      } catch (SQLException e) {
        LOG.debug("database \"{}\": its watch was cut, connecting anew", database, e);
      }
      Opening.closeQuietly(mine.connection);
    }
    return connect(target, begun);
  }

  private Answer connect(DatabaseTarget target, long begun) {
    SessionRequest request = SessionRequest.ofHost(target);
    Opening opening = new Opening(() -> {});
    // Not in the lane of those who connect: with many of them an answer would be late.
    connections.threads().execute(() -> opening.run(() -> connections.connect(request)));
    try {
      if (!opening.await(target.connectTimeout().toNanos())) {
        return Answer.of(HostConnections.tooLong(request, target.connectTimeout()));
      }
      Held mine = new Held(target.url(), opening.take());
      Answer answer;
      try {
        limit(mine.connection, target.connectTimeout());
        answer = question(mine.connection, target);
      } catch (SQLException e) {
        Opening.closeQuietly(mine.connection);
        throw Dialect.lost(e) ? request.failure(Reason.DATABASE_DOWN, PostgreSql.words(e), e) : e;
      }
      keep(target.name(), mine, begun);
      return answer;
    } catch (SQLException e) {
      return Answer.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.UNKNOWN;
    } finally {
      opening.abandon();
    }
  }

  /** A line that was cut without a reset must not hold up the question. */
  private static void limit(Connection connection, Duration timeout) {
    try {
      connection.setNetworkTimeout(
          Runnable::run, (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis())));
    } catch (SQLException e) { // not every driver can; isValid() has a limit of its own
      LOG.debug("a connection has no network time-out", e);
    }
  }

  private static Answer question(Connection connection, DatabaseTarget target) throws SQLException {
    if (Dialect.of(target) == PostgreSql.POSTGRESQL) {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT pg_catalog.pg_is_in_recovery()"
                      + " OR pg_catalog.current_setting('transaction_read_only')::boolean")) {
        return Answer.of(row.next() && row.getBoolean(1));
      }
    }
    int seconds =
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, target.connectTimeout().toSeconds()));
    if (!connection.isValid(seconds)) {
      throw new SQLException("the connection is not valid any more", "08006");
    }
    return Answer.of(connection.isReadOnly());
  }

  private void keep(String database, Held mine, long begun) {
    synchronized (this) {
      if (begun == lettings && !closed) {
        Held before = held.put(database, mine);
        if (before == null) {
          return;
        }
        mine = before;
      }
    }
    Opening.closeQuietly(mine.connection);
  }

  @Override
  public void letGo(String database) {
    Held mine;
    synchronized (this) {
      lettings++;
      mine = held.remove(database);
    }
    if (mine != null) {
      Opening.closeQuietly(mine.connection);
    }
  }

  /** Lets go of everything. */
  @Override
  public void close() {
    Map<String, Held> left;
    synchronized (this) {
      closed = true;
      left = Map.copyOf(held);
      held.clear();
    }
    left.values().forEach(each -> Opening.closeQuietly(each.connection));
  }
}
