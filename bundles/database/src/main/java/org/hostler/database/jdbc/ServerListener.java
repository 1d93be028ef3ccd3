// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hostler.database.DatabaseNotification;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to a database of a PostgreSQL server that hears its notifications, on a thread
 * of its own, as long as somebody listens there. When it is lost it is made again; what was sent
 * meanwhile was heard by nobody.
 */
final class ServerListener {
  private static final Logger LOG = LoggerFactory.getLogger(ServerListener.class);

  /** How long it waits for notifications before it looks who wants to listen now. */
  private static final int TURN_MILLIS = 100;

  /** How many silent turns there are before the line is checked. */
  private static final int TURNS_PER_CHECK = 50;

  private static final long FIRST_PAUSE = 250;
  private static final long LONGEST_PAUSE = 2_000;

  private final HostConnections connections;
  private final String database;
  private final Notifications notifications;
  private final Predicate<String> barred;
  private final Consumer<String> doubt;
  private final Thread thread;

  /** To which channels the server listens for us, and who waits for that; guarded by this. */
  private final Set<String> heard = new TreeSet<>();

  private final Map<String, CompletableFuture<Boolean>> asked = new HashMap<>();

  ServerListener(
      HostConnections connections,
      String database,
      Notifications notifications,
      Predicate<String> barred,
      Consumer<String> doubt) {
    this.connections = connections;
    this.database = database;
    this.notifications = notifications;
    this.barred = barred;
    this.doubt = doubt;
    this.thread = MechanismThreads.daemon("hostler-database-listener", this::run);
  }

  void start() {
    thread.start();
  }

  /** Ends it, whoever listens. */
  void interrupt() {
    thread.interrupt();
  }

  /** Returns what is done when the server listens to a channel, or could not be asked to. */
  synchronized Future<?> listening(String channel) {
    return heard.contains(channel)
        ? CompletableFuture.completedFuture(true)
        : asked.computeIfAbsent(channel, any -> new CompletableFuture<>());
  }

  private void run() {
    long pause = FIRST_PAUSE;
    try {
      while (!notifications.mayEnd(database)) {
        if (barred.test(database)) {
          Thread.sleep(TURN_MILLIS); // it is being removed, and a connection would be in the way
          continue;
        }
        Map<String, CompletableFuture<Boolean>> before = waiting();
        try (Connection connection = connect()) {
          pause = FIRST_PAUSE;
          hear(connection);
        } catch (SQLException e) {
          failed(e, before); // who asked since waits for what comes of the next one
          Thread.sleep(pause);
          pause = Math.min(LONGEST_PAUSE, 2 * pause);
        } finally {
          forget();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("database \"{}\": notifications are not heard any more", database);
    } finally {
      failed(new SQLException("databases are not offered any more", "08003"), waiting());
    }
  }

  private Connection connect() throws SQLException {
    DatabaseTarget target = connections.config().database(database);
    Connection connection =
        connections.open(SessionRequest.ofHost(target), target.connectTimeout());
    try {
      // A line that was cut without a reset must not hold up a question; waiting has its own limit.
      connection.setNetworkTimeout(Runnable::run, millis(target.connectTimeout()));
    } catch (SQLException e) {
      Opening.closeQuietly(connection);
      throw e;
    }
    return connection;
  }

  private static int millis(Duration timeout) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
  }

  /** Hears until nobody listens, the database is being removed, or the connection fails. */
  private void hear(Connection connection) throws SQLException, InterruptedException {
    PostgresMail mail = PostgresMail.of(connection);
    int silent = 0;
    while (wanted()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      adjust(connection);
      int taken = mail.take(database, TURN_MILLIS, notifications::deliver);
      silent = taken > 0 ? 0 : silent + 1;
      if (silent == TURNS_PER_CHECK) {
        silent = 0;
        execute(connection, "SELECT 1");
      }
    }
  }

  /** Tells whether to go on; if not, whoever wants to listen from now on has to wait. */
  private synchronized boolean wanted() {
    boolean goesOn = !notifications.channels(database).isEmpty() && !barred.test(database);
    if (!goesOn) {
      heard.clear();
    }
    return goesOn;
  }

  /** Listens to what is wanted now, and to nothing else. */
  private void adjust(Connection connection) throws SQLException {
    Set<String> wanted = notifications.channels(database);
    Set<String> now;
    synchronized (this) {
      now = new TreeSet<>(heard);
    }
    for (String channel : wanted) {
      if (!now.contains(channel)) {
        execute(connection, "LISTEN " + PostgreSql.quoted(channel));
        heard(channel);
      }
    }
    now.removeAll(wanted);
    for (String channel : now) {
      if (giveUp(channel)) {
        execute(connection, "UNLISTEN " + PostgreSql.quoted(channel));
      }
    }
  }

  /** Whoever wants to listen from now on has to wait; false when somebody has begun meanwhile. */
  private synchronized boolean giveUp(String channel) {
    return !notifications.channels(database).contains(channel) && heard.remove(channel);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void heard(String channel) {
    CompletableFuture<Boolean> waiting;
    synchronized (this) {
      heard.add(channel);
      waiting = asked.remove(channel);
    }
    if (waiting != null) {
      waiting.complete(true);
    }
  }

  private synchronized Map<String, CompletableFuture<Boolean>> waiting() {
    return Map.copyOf(asked);
  }

  private void failed(SQLException failure, Map<String, CompletableFuture<Boolean>> waiting) {
    LOG.debug("database \"{}\": its notifications are not heard", database, failure);
    doubt.accept(database);
    synchronized (this) {
      waiting.forEach(asked::remove);
    }
    waiting.values().forEach(each -> each.completeExceptionally(failure));
  }

  private synchronized void forget() {
    heard.clear();
  }

  /** Reads notifications from the driver, whose classes this bundle does not import. */
  private record PostgresMail(Object connection, Method next, Method channel, Method payload) {

    static PostgresMail of(Connection connection) throws SQLException {
      try {
        ClassLoader driver = connection.getClass().getClassLoader();
        Class<?> type = Class.forName("org.postgresql.PGConnection", false, driver);
        Class<?> item = Class.forName("org.postgresql.PGNotification", false, driver);
        return new PostgresMail(
            connection.unwrap(type),
            type.getMethod("getNotifications", int.class),
            item.getMethod("getName"),
            item.getMethod("getParameter"));
      } catch (ReflectiveOperationException e) {
        throw new SQLException("the driver does not tell of notifications", "0A000", e);
      }
    }

    /** Hands over what arrives within a time; returns how many there were. */
    int take(String database, int millis, Notifications.Receiver receiver) throws SQLException {
      try {
        @Nullable Object[] found = (Object[]) next.invoke(connection, millis);
        if (found == null) {
          return 0;
        }
        for (Object each : found) {
          receiver.receive(
              new DatabaseNotification(
                  database,
                  String.valueOf(channel.invoke(each)),
                  String.valueOf(payload.invoke(each))));
        }
        return found.length;
      } catch (InvocationTargetException e) {
        throw Failures.rethrown(e.getCause());
      } catch (IllegalAccessException e) {
        throw new SQLException("the driver does not tell of notifications", "0A000", e);
      }
    }
  }
}
