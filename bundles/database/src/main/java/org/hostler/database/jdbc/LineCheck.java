// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

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
 * statement fails, and the worker's restart policy decides. What is left of it at the server is
 * ended first: nobody will tell the server, and the worker's next life would wait for ever for what
 * an open transaction of the last one has locked. A statement that the server is at work on is left
 * alone however long it takes.
 *
 * <p>One daemon thread, which is there only while there are sessions to watch.
 */
final class LineCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LineCheck.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final String SERVER = "SELECT " + Backend.SERVER;
  private static final String SESSIONS =
      "SELECT pid, state, extract(epoch FROM pg_catalog.clock_timestamp() - state_change),"
          + " extract(epoch FROM backend_start)"
          + " FROM pg_catalog.pg_stat_activity WHERE pid = ANY (?)";

  /**
   * Looks again, so that it hits no other session that has got the number: not meanwhile, and not
   * at another server that has taken over the address, whose sessions may well be older.
   */
  private static final String END =
      "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
          + " WHERE pid = ? AND state LIKE 'idle%' AND extract(epoch FROM backend_start) <= ?"
          + " AND extract(epoch FROM pg_catalog.pg_postmaster_start_time())::text = ?";

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
   * @param began when its process began, in seconds since 1970 by the server's clock
   */
  record SessionView(String state, Duration since, double began) {}

  /**
   * What a server says.
   *
   * @param place its own address and port
   * @param started when it was started
   * @param sessions the sessions it was asked for and has, by the number of their process
   */
  record ServersView(String place, String started, Map<Integer, SessionView> sessions) {}

  /** A statement that has been running for a while. */
  private record Suspect(WorkerSession session, Backend backend, long statement) {}

  /**
   * Tells whether a line is cut whose statement has been running for longer than the patience.
   *
   * @param backend the session as its server knew it
   * @param view what a server says; of another one than that, nothing follows from it
   */
  static boolean isCut(Backend backend, ServersView view, Duration patience) {
    if (!view.place().equals(backend.place())) {
      return false; // of several servers behind one address the other has answered
    }
    SessionView session = view.sessions().get(backend.pid());
    return session == null
        || !view.started().equals(backend.started())
        || session.began() > backend.seen()
        || (session.state().startsWith("idle") && session.since().compareTo(patience) > 0);
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
    boolean needed = live.all().stream().anyMatch(session -> session.backend() != null);
    if (closed || !needed) {
      thread = null;
      return false;
    }
    return true;
  }

  /** Groups them by where they were connected, which the settings may have changed since. */
  private Map<DatabaseTarget, List<Suspect>> suspects() {
    Map<DatabaseTarget, List<Suspect>> suspects = new HashMap<>();
    for (WorkerSession session : live.all()) {
      Backend backend = session.backend();
      long statement = backend == null ? 0 : session.runningFor(patience);
      if (backend != null && statement != 0) {
        suspects
            .computeIfAbsent(session.target(), target -> new ArrayList<>())
            .add(new Suspect(session, backend, statement));
      }
    }
    return suspects;
  }

  private void look(DatabaseTarget target, List<Suspect> suspects) {
    Duration timeout = target.connectTimeout();
    try (Connection connection = connections.open(SessionRequest.ofHost(target), timeout)) {
      int seconds = (int) Math.max(1, timeout.toSeconds());
      ServersView view = ask(connection, seconds, suspects);
      for (Suspect suspect : suspects) {
        if (isCut(suspect.backend(), view, patience)
            && suspect.session().runningFor(patience) == suspect.statement()) {
          end(connection, seconds, suspect);
        }
      }
    } catch (SQLException e) { // it is down, which is somebody else's to find out
      LOG.debug("database \"{}\": its sessions could not be looked up", target.name(), e);
    }
  }

  private static ServersView ask(Connection connection, int seconds, List<Suspect> suspects)
      throws SQLException {
    Map<Integer, SessionView> sessions = new HashMap<>();
    try (PreparedStatement server = connection.prepareStatement(SERVER);
        PreparedStatement statement = connection.prepareStatement(SESSIONS)) {
      server.setQueryTimeout(seconds);
      statement.setQueryTimeout(seconds);
      Object[] pids = suspects.stream().map(suspect -> suspect.backend().pid()).toArray();
      statement.setArray(1, connection.createArrayOf("int4", pids));
      try (ResultSet row = server.executeQuery();
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String state = rows.getString(2);
          Duration since = Duration.ofMillis((long) (rows.getDouble(3) * 1_000));
          sessions.put(
              rows.getInt(1),
              new SessionView(state == null ? "" : state, since, rows.getDouble(4)));
        }
        row.next();
        return new ServersView(row.getString(1), row.getString(2), sessions);
      }
    }
  }

  /** Ends a session at both ends, the server's first. */
  private static void end(Connection connection, int seconds, Suspect suspect) {
    WorkerSession session = suspect.session();
    String database = session.target().name();
    LOG.warn(
        "background worker \"{}\" ({}): the line to database \"{}\" is cut: the server waits"
            + " for it while it waits for the server; its session is closed",
        session.workerName(),
        session.worker(),
        database);
    try (PreparedStatement end = connection.prepareStatement(END)) {
      end.setQueryTimeout(seconds);
      end.setInt(1, suspect.backend().pid());
      end.setDouble(2, suspect.backend().seen());
      end.setString(3, suspect.backend().started());
      end.execute();
    } catch (SQLException e) {
      LOG.warn(
          "database \"{}\": what is left of the session of background worker \"{}\" cannot be"
              + " ended; what it has locked stays locked until the server finds out. Grant"
              + " \"pg_signal_backend\" to the host's user, or lower \"tcp_keepalives_idle\": {}",
          database,
          session.workerName(),
          PostgreSql.words(e));
    }
    session.close("the line to the server was cut");
  }
}
