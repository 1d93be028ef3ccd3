// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.hostler.database.DatabaseNotification;
import org.hostler.database.DatabaseStat;
import org.hostler.database.DatabaseStat.State;
import org.hostler.database.Databases;
import org.hostler.database.SessionStat;
import org.hostler.database.StatementResult;
import org.hostler.worker.WorkerId;
import org.jspecify.annotations.Nullable;

/** What surfaces and services see of databases. */
final class HostDatabases implements Databases {
  /** What a database of this host's own may be called; its file is called so, too. */
  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

  private static final String DUPLICATE = "42P04";

  private final HostConnections connections;
  private final LiveSessions live;
  private final Health health;
  private final Removal removal;
  private final Notifications notifications;

  HostDatabases(
      HostConnections connections,
      LiveSessions live,
      Health health,
      Removal removal,
      Notifications notifications) {
    this.connections = connections;
    this.live = live;
    this.health = health;
    this.removal = removal;
    this.notifications = notifications;
  }

  @Override
  public List<DatabaseStat> databases() throws SQLException {
    return connections.threads().call(this::stats);
  }

  private List<DatabaseStat> stats() throws SQLException {
    List<DatabaseStat> all = new ArrayList<>();
    for (Map.Entry<String, Long> each : connections.numberedDatabases().entrySet()) {
      String name = each.getKey();
      DatabaseTarget target = connections.config().database(name);
      all.add(
          new DatabaseStat(
              name,
              each.getValue(),
              target.kind(),
              live.isBarred(name) ? State.REMOVING : state(target),
              health.known(name).words(),
              target.allowConnections(),
              target.connect(),
              sessions(name)));
    }
    return all;
  }

  private State state(DatabaseTarget target) {
    return target.embedded() && connections.files().isOpen(target.name())
        ? State.READ_WRITE
        : health.known(target.name()).state();
  }

  @Override
  public List<SessionStat> sessions() {
    return stats(live.all());
  }

  private List<SessionStat> sessions(String database) {
    return stats(live.of(database));
  }

  private static List<SessionStat> stats(List<WorkerSession> sessions) {
    return sessions.stream()
        .flatMap(session -> session.stat().stream())
        .sorted(Comparator.comparingInt(stat -> stat.worker().slot()))
        .toList();
  }

  @Override
  public Optional<SessionStat> session(WorkerId worker) {
    return live.of(worker).flatMap(WorkerSession::stat);
  }

  @Override
  public StatementResult execute(@Nullable String database, @Nullable String role, String sql)
      throws SQLException {
    SessionRequest request =
        new SessionRequest(
            connections.config().database(database == null ? DatabaseConfig.CATALOG : database),
            role == null ? "" : role,
            "hostler",
            false,
            false);
    Connection connection = connections.open(request, request.target().connectTimeout());
    return new OperatorStatement(connection, Dialect.of(request.target()), connections.threads())
        .run(sql);
  }

  @Override
  public void create(String name) throws SQLException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "database \"%s\": is no name for a database\nA name is a letter or _, then letters, digits, _ and -; at most 63 of them."
              .formatted(name));
    }
    DatabaseTarget target = connections.config().database(name);
    if (target.embedded()) {
      connections.threads().call(() -> createEmbedded(name));
    } else {
      createOnServer(target);
    }
  }

  private long createEmbedded(String name) throws SQLException {
    for (String other : connections.known()) {
      if (other.equalsIgnoreCase(name)) { // files of either name may be one to the file system
        throw new SQLException("database \"%s\": exists already".formatted(other), DUPLICATE);
      }
    }
    return connections
        .catalog()
        .number(Catalog.Kind.DATABASE, List.of(name), true)
        .getOrDefault(name, 0L);
  }

  /** Connected to the server's own database: the one to be made is not there yet. */
  private void createOnServer(DatabaseTarget target) throws SQLException {
    DatabaseTarget other = connections.config().maintenance(target.name());
    SessionRequest request = SessionRequest.ofHost(other);
    try (Connection connection = connections.open(request, other.connectTimeout());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + PostgreSql.quoted(target.name()));
    }
    connections
        .threads()
        .call(
            () ->
                connections.catalog().number(Catalog.Kind.DATABASE, List.of(target.name()), false));
  }

  @Override
  public void remove(String name, boolean force) throws SQLException {
    removal.remove(name, force);
  }

  @Override
  public Subscription subscribe(
      String database, String channel, Consumer<DatabaseNotification> listener)
      throws SQLException {
    DatabaseTarget target = connections.config().database(database);
    return new SubscribedService(notifications, connections.threads(), target, channel, listener)
        .open();
  }
}
