// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hostler.database.DatabaseNotification;

/**
 * Who listens to which channel of which database (contract N8).
 *
 * <p>On PostgreSQL the server carries notifications; one connection a database hears them as long
 * as somebody listens there ({@link ServerListener}). On every other database they go from worker
 * to worker within this host.
 */
final class Notifications implements AutoCloseable {
  private final HostConnections connections;
  private final Consumer<String> doubt;
  private final Predicate<String> barred;
  private final Map<Place, Set<Receiver>> receivers = new ConcurrentHashMap<>();
  private final Map<String, ServerListener> servers = new HashMap<>();
  private boolean closed;

  /** Takes notifications; returns at once. */
  @FunctionalInterface
  interface Receiver {
    void receive(DatabaseNotification notification);
  }

  private record Place(String database, String channel) {}

  /**
   * Makes one to which nobody listens.
   *
   * @param doubt told of a database whose connection failed
   * @param barred tells whether a database is being removed
   */
  Notifications(HostConnections connections, Consumer<String> doubt, Predicate<String> barred) {
    this.connections = connections;
    this.doubt = doubt;
    this.barred = barred;
  }

  /** Tells whether the server of a database carries its notifications. */
  static boolean byServer(DatabaseTarget target) {
    return Dialect.of(target) == PostgreSql.POSTGRESQL;
  }

  /**
   * Listens from now on; twice is as once. Blocks until the server listens.
   *
   * @throws SQLException when the database cannot be reached now
   */
  void listen(DatabaseTarget target, String channel, Receiver receiver) throws SQLException {
    Place place = new Place(target.name(), channel);
    Future<?> listening;
    synchronized (this) {
      if (closed) {
        throw new SQLException("databases are not offered any more", "08003");
      }
      receivers.computeIfAbsent(place, any -> ConcurrentHashMap.newKeySet()).add(receiver);
      if (!byServer(target)) {
        return;
      }
      listening = servers.computeIfAbsent(target.name(), this::startServer).listening(channel);
    }
    boolean heard = false;
    try {
      listening.get(2 * target.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
      heard = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while the server was asked to listen", "57014", e);
    } catch (TimeoutException e) {
      throw HostConnections.tooLong(SessionRequest.ofHost(target), target.connectTimeout());
    } catch (ExecutionException e) {
      throw Failures.rethrown(e.getCause() == null ? e : e.getCause());
    } finally {
      if (!heard) {
        unlisten(target.name(), channel, receiver);
      }
    }
  }

  private ServerListener startServer(String database) {
    ServerListener server = new ServerListener(connections, database, this, barred, doubt);
    server.start();
    return server;
  }

  /** Listens no more. Idempotent; returns at once. */
  synchronized void unlisten(String database, String channel, Receiver receiver) {
    Place place = new Place(database, channel);
    Set<Receiver> those = receivers.get(place);
    if (those != null && those.remove(receiver) && those.isEmpty()) {
      receivers.remove(place);
    }
  }

  /** Hands a notification to everybody who listens. */
  void deliver(DatabaseNotification notification) {
    Set<Receiver> those = receivers.get(new Place(notification.database(), notification.channel()));
    if (those != null) {
      those.forEach(receiver -> receiver.receive(notification));
    }
  }

  /** Returns the channels of a database to which somebody listens. */
  Set<String> channels(String database) {
    Set<String> channels = new TreeSet<>();
    for (Place place : receivers.keySet()) {
      if (place.database().equals(database)) {
        channels.add(place.channel());
      }
    }
    return channels;
  }

  /** Lets a server's listener end if nobody listens there; the next who does starts another. */
  synchronized boolean mayEnd(String database) {
    if (!closed && !channels(database).isEmpty()) {
      return false;
    }
    servers.remove(database);
    return true;
  }

  /** Nobody hears anything any more. */
  @Override
  public synchronized void close() {
    closed = true;
    receivers.clear();
    servers.values().forEach(ServerListener::interrupt);
  }
}
