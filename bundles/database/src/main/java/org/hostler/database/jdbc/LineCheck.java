// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds sessions whose line to a PostgreSQL was cut without a reset, as a firewall does that
 * forgets connections: their worker would wait for an answer for ever.
 *
 * <p>A session whose statement has been running for a while is looked up at the server, over a
 * connection of the host's own. If the server does not know it any more, or has been waiting for
 * its next statement all the while, nothing will come over that line: the session is closed, its
 * statement fails, and the worker's restart policy decides. A statement that the server is at work
 * on is left alone however long it takes.
 *
 * <p>One daemon thread, which is there only while there are sessions to watch.
 */
final class LineCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LineCheck.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final String SERVERS_VIEW =
      "SELECT pid, state, extract(epoch FROM clock_timestamp() - state_change)"
          + " FROM pg_catalog.pg_stat_activity WHERE pid = ANY (?)";

  private final HostConnections connections;
  private final LiveSessions live;
  private final Duration patience;
  private @Nullable Thread thread;
  private boolean closed;

  /**
   * Makes one that watches nothing yet.
   *
   * @param patience how long statement and server must have been at odds
   */
  LineCheck(HostConnections connections, LiveSessions live, Duration patience) {
    this.connections = connections;
    this.live = live;
    this.patience = patience;
  }

  /**
   * What a server says of a session.
   *
   * @param state {@code pg_stat_activity}'s; empty when the host's user may not see it
   * @param since how long it has been in that state
   */
  record ServersView(String state, Duration since) {}

  /** A statement that has been running for a while. */
  private record Suspect(WorkerSession session, long statement) {}

  /**
   * Tells whether a line is cut whose statement has been running for longer than the patience.
   *
   * @param view what the server says; null when it does not know the session
   */
  static boolean isCut(@Nullable ServersView view, Duration patience) {
    return view == null
        || (view.state().startsWith("idle") && view.since().compareTo(patience) > 0);
  }

  /** There is a session to be watched. */
  synchronized void watch() {
    if (thread == null && !closed) {
      Thread made = MechanismThreads.daemon("hostler-database-lines", this::run);
      thread = made;
      made.start();
    }
  }

  /** Watches no more. */
  synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    while (goOn()) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      try {
        suspects().forEach(this::look);
      } catch (RuntimeException e) { // the next look may do better
        LOG.warn("the lines to databases could not be checked", e);
      }
    }
  }

  private synchronized boolean goOn() {
    boolean needed = live.all().stream().anyMatch(session -> session.backend() != 0);
    if (closed || !needed) {
      thread = null;
      return false;
    }
    return true;
  }

  private Map<String, List<Suspect>> suspects() {
    Map<String, List<Suspect>> suspects = new HashMap<>();
    for (WorkerSession session : live.all()) {
      long statement = session.backend() == 0 ? 0 : session.runningFor(patience);
      if (statement != 0) {
        suspects
            .computeIfAbsent(session.database(), database -> new ArrayList<>())
            .add(new Suspect(session, statement));
      }
    }
    return suspects;
  }

  private void look(String database, List<Suspect> suspects) {
    Map<Integer, ServersView> views;
    try {
      views = ask(database, suspects);
    } catch (SQLException e) { // it is down, which is somebody else's to find out
      LOG.debug("database \"{}\": its sessions could not be looked up", database, e);
      return;
    }
    for (Suspect suspect : suspects) {
      WorkerSession session = suspect.session();
      if (isCut(views.get(session.backend()), patience)
          && session.runningFor(patience) == suspect.statement()) {
        LOG.warn(
            "background worker \"{}\" ({}): the line to database \"{}\" is cut: the server waits"
                + " for it while it waits for the server; its session is closed",
            session.workerName(),
            session.worker(),
            database);
        session.close("the line to the server was cut");
      }
    }
  }

  private Map<Integer, ServersView> ask(String database, List<Suspect> suspects)
      throws SQLException {
    Duration timeout = connections.config().database(database).connectTimeout();
    Map<Integer, ServersView> views = new HashMap<>();
    try (Connection connection = connections.open(database, timeout);
        PreparedStatement statement = connection.prepareStatement(SERVERS_VIEW)) {
      Object[] backends = suspects.stream().map(suspect -> suspect.session().backend()).toArray();
      Array array = connection.createArrayOf("int4", backends);
      statement.setArray(1, array);
      statement.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String state = rows.getString(2);
          Duration since = Duration.ofMillis((long) (rows.getDouble(3) * 1_000));
          views.put(rows.getInt(1), new ServersView(state == null ? "" : state, since));
        }
      }
    }
    return views;
  }
}
