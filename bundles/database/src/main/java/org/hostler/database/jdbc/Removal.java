// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.worker.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * Removes databases (contract D8, D11–D13).
 *
 * <ol>
 *   <li>The database is barred: who wants to connect waits until this is over (D8).
 *   <li>Sessions of interruptible workers are ended and held back (D12), others are waited for, as
 *       long as PostgreSQL does. By force all are ended by a plain {@code TERM} (D13), and what is
 *       left in the end is closed under its worker.
 *   <li>The database is removed. If it was, those that were held are unregistered; if anything
 *       failed, they start again.
 * </ol>
 */
final class Removal {
  /** How long PostgreSQL waits for other sessions. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(50);

  private static final String IN_USE = "55006";
  private static final String NOT_ALLOWED = "42501";
  private static final List<String> OTHERS = List.of("postgres", "template1");

  private final HostConnections connections;
  private final LiveSessions live;
  private final Health health;
  private final Function<String, SortedSet<String>> clients;
  private final Consumer<String> letGo;
  private final Duration grace;

  /**
   * Makes one.
   *
   * @param clients the workers that have ordinary connections to a database
   * @param letGo closes the connections to a database that belong to no worker's session
   * @param grace how long sessions are waited for
   */
  Removal(
      HostConnections connections,
      LiveSessions live,
      Health health,
      Function<String, SortedSet<String>> clients,
      Consumer<String> letGo,
      Duration grace) {
    this.connections = connections;
    this.live = live;
    this.health = health;
    this.clients = clients;
    this.letGo = letGo;
    this.grace = grace;
  }

  /** Removes a database; as {@link org.hostler.database.Databases#remove} says. */
  void remove(String name, boolean force) throws SQLException {
    DatabaseTarget target = connections.config().database(name);
    if (target.catalog()) {
      throw new SQLException(
          "database \"%s\": the instance's catalog cannot be removed".formatted(name), NOT_ALLOWED);
    }
    boolean there = connections.threads().call(() -> connections.exists(target));
    if (!there) {
      throw noSuchDatabase(target);
    } else if (!live.bar(name)) {
      throw new SQLException("database \"%s\": is being removed already".formatted(name), IN_USE);
    }
    Set<WorkerId> held = new LinkedHashSet<>();
    boolean removed = false;
    try {
      if (force) {
        endAll(name);
      } else {
        awaitOthers(name, held);
      }
      letGo.accept(name);
      drop(target, force);
      removed = true;
    } finally {
      if (removed) {
        health.terminate(held);
        health.forget(name);
      } else {
        health.release(held);
      }
      live.lift(name); // those who waited find it missing, or go on (D8)
    }
  }

  private static DatabaseConnectException noSuchDatabase(DatabaseTarget target) {
    return SessionRequest.ofHost(target)
        .failure(Reason.NO_SUCH_DATABASE, "the database does not exist", null);
  }

  /** Nobody can come meanwhile, so one look at who is there is enough. */
  private void awaitOthers(String name, Set<WorkerId> held) throws SQLException {
    final long begun = System.nanoTime();
    for (WorkerSession session : live.of(name)) {
      if (session.interruptible()) {
        held.add(session.worker());
        health.hold(session.worker(), name, "database \"%s\" is being removed".formatted(name));
      }
    }
    if (!awaitEmpty(name)) {
      List<WorkerSession> left = live.of(name);
      if (!left.isEmpty()) {
        throw inUse(name, left);
      }
    }
    awaitClients(name, begun);
  }

  /** Ordinary connections are nobody's session, and are as much in the way as one. */
  private void awaitClients(String name, long begun) throws SQLException {
    SortedSet<String> left = clients.apply(name);
    while (!left.isEmpty()) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(name, null);
      } else if (System.nanoTime() - begun >= grace.toNanos()) {
        throw new SQLException(
            String.join(
                "\n",
                "database \"%s\": is being accessed by ordinary clients".formatted(name),
                "after %d ms connections are left of: \"%s\""
                    .formatted(grace.toMillis(), String.join("\", \"", left)),
                "Terminate these workers, or remove it by force."),
            IN_USE);
      }
      LockSupport.parkNanos(LOOK.toNanos());
      left = clients.apply(name);
    }
  }

  private SQLException inUse(String name, List<WorkerSession> left) {
    String who =
        left.stream()
            .sorted(Comparator.comparingInt(session -> session.worker().slot()))
            .map(session -> "\"%s\" (%s)".formatted(session.workerName(), session.worker()))
            .collect(joining(", "));
    return new SQLException(
        String.join(
            "\n",
            "database \"%s\": is being accessed by background workers".formatted(name),
            "%d sessions are left after %d ms: %s".formatted(left.size(), grace.toMillis(), who),
            "Terminate them, register them as INTERRUPTIBLE, or remove it by force."),
        IN_USE);
  }

  private void endAll(String name) throws SQLException {
    live.of(name).forEach(session -> health.end(session.worker()));
    if (!awaitEmpty(name)) {
      for (WorkerSession session : live.of(name)) {
        session.close("its database was removed by force");
        live.leave(session);
      }
    }
  }

  private boolean awaitEmpty(String name) throws SQLException {
    try {
      return live.awaitEmpty(name, grace.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(name, e);
    }
  }

  private static SQLException interrupted(String name, @Nullable Exception cause) {
    return new SQLException(
        "database \"%s\": interrupted while its sessions ended".formatted(name),
        Dialect.CANCELED,
        cause);
  }

  private void drop(DatabaseTarget target, boolean force) throws SQLException {
    if (target.embedded()) {
      connections.threads().call(() -> dropEmbedded(target.name()));
    } else if (Dialect.of(target) == PostgreSql.POSTGRESQL) {
      dropOnServer(target, force);
    } else {
      throw new SQLFeatureNotSupportedException(
          "database \"%s\": databases of kind %s cannot be removed from here"
              .formatted(target.name(), target.kind()),
          "0A000");
    }
  }

  private boolean dropEmbedded(String name) throws SQLException {
    connections.files().remove(name, () -> connections.catalog().remove(name, true));
    return true;
  }

  /** The server itself waits as long for sessions that are not this host's. */
  private void dropOnServer(DatabaseTarget target, boolean force) throws SQLException {
    String drop =
        "DROP DATABASE %s%s"
            .formatted(PostgreSql.quoted(target.name()), force ? " WITH (FORCE)" : "");
    try (Connection connection = beside(target);
        Statement statement = connection.createStatement()) {
      statement.execute(drop);
    } catch (SQLException e) {
      throw "3D000".equals(e.getSQLState()) ? noSuchDatabase(target) : e;
    }
    connections.forget(target.name());
    connections
        .threads()
        .call(
            () -> {
              connections.catalog().remove(target.name(), false);
              return true;
            });
  }

  /** Connects to another database of the same server: the one to be removed must not be used. */
  private Connection beside(DatabaseTarget target) throws SQLException {
    SQLException failure = null;
    for (String other : OTHERS) {
      if (!other.equals(target.name())) {
        DatabaseTarget there = maintenance(target.name(), other);
        try {
          return connections.open(SessionRequest.ofHost(there), there.connectTimeout());
        } catch (DatabaseConnectException e) {
          if (e.reason() != Reason.NO_SUCH_DATABASE) {
            throw e;
          }
          failure = e;
        }
      }
    }
    throw failure == null ? noSuchDatabase(target) : failure;
  }

  private DatabaseTarget maintenance(String name, String other) throws SQLException {
    try {
      return connections.config().maintenance(name, other);
    } catch (IllegalArgumentException e) {
      throw new SQLFeatureNotSupportedException(e.getMessage(), "0A000", e);
    }
  }
}
