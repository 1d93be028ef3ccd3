// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hostler.database.DatabaseNotification;
import org.hostler.database.DatabaseSession;
import org.hostler.database.SessionStat;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * The session of one life, from before it connects until it is closed: what the worker sees of it.
 */
final class WorkerSession extends SessionLine implements DatabaseSession {
  private final WorkerContext context;
  private final SessionRequest request;
  private final Notifications notifications;
  private final InstantSource clock;
  private final KeptStatements kept = new KeptStatements();

  private volatile @Nullable SessionMail mail;
  private volatile Instant connectedAt = Instant.EPOCH;

  WorkerSession(
      WorkerContext context,
      SessionRequest request,
      MechanismThreads threads,
      StatementClock statements,
      Notifications notifications,
      InstantSource clock) {
    super(context.entry().name(), Dialect.of(request.target()), threads, statements);
    this.context = context;
    this.request = request;
    this.notifications = notifications;
    this.clock = clock;
  }

  @Override
  boolean connected(Connection opened) throws SQLException {
    connectedAt = clock.instant();
    return super.connected(opened);
  }

  @Override
  void closed() {
    SessionMail listening = mail;
    if (listening != null) {
      listening.close();
    }
  }

  // ---- what others see of it

  /** Returns the life it belongs to. */
  WorkerId worker() {
    return context.id();
  }

  /** Tells whether the worker may be ended when the database is removed (D12). */
  boolean interruptible() {
    return context.entry().flags().contains(WorkerFlag.INTERRUPTIBLE);
  }

  /** Returns the life, for instance for its latch. */
  WorkerContext context() {
    return context;
  }

  /** Returns the database's settings when it was connected. */
  DatabaseTarget target() {
    return request.target();
  }

  /** Returns what it does; empty while it is not connected. */
  Optional<SessionStat> stat() {
    if (!isOpen()) {
      return Optional.empty();
    }
    long age = Math.max(0, System.nanoTime() - activity.since());
    return Optional.of(
        new SessionStat(
            worker(),
            workerName(),
            database(),
            role(),
            activity.state(),
            activity.statement(),
            clock.instant().minusNanos(age),
            connectedAt));
  }

  @Override
  public String database() {
    return request.target().name();
  }

  @Override
  public String role() {
    return request.effectiveRole();
  }

  // ---- transactions

  @Override
  public <T extends @Nullable Object> T inTransaction(Work<T> work) throws SQLException {
    enter();
    boolean committed = false;
    try {
      T result = work.run(connection());
      commit();
      committed = true;
      return result;
    } finally {
      leave(committed);
      SessionMail sent = mail;
      if (sent != null) {
        sent.ended(committed);
      }
    }
  }

  @Override
  public <T extends @Nullable Object> List<T> query(
      String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = kept(sql);
    begin(statement, sql);
    try (ResultSet result = bound(statement, arguments).executeQuery()) {
      end(); // what the reader takes its time for is not the database's
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row.read(result));
      }
      return rows;
    } catch (Throwable thrown) {
      throw failed(sql, thrown);
    } finally {
      end();
      kept.keep(sql, statement);
    }
  }

  @Override
  public int update(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = kept(sql);
    begin(statement, sql);
    try {
      return bound(statement, arguments).executeUpdate();
    } catch (Throwable thrown) {
      throw failed(sql, thrown);
    } finally {
      end();
      kept.keep(sql, statement);
    }
  }

  private PreparedStatement kept(String sql) throws SQLException {
    Connection mine = standAlone();
    return prepare(sql, () -> kept.take(mine, sql));
  }

  private PreparedStatement bound(PreparedStatement statement, @Nullable Object... arguments)
      throws SQLException {
    limit(statement);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, Arguments.forDriver(arguments[i]));
    }
    return statement;
  }

  @Override
  public void statementTimeout(Duration timeout) throws SQLException {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("statement timeout %s: is negative".formatted(timeout));
    }
    limitStatements(timeout);
    kept.clear();
  }

  @Override
  public void notify(String channel, String payload) throws SQLException {
    alive();
    SessionMail.check(channel, payload);
    if (Notifications.byServer(request.target())) {
      query("SELECT pg_catalog.pg_notify(?, ?)", row -> true, channel, payload);
    } else {
      mail().send(channel, payload, inTransaction());
    }
  }

  @Override
  public void listen(String channel) throws SQLException {
    alive();
    try {
      mail().listen(channel);
    } catch (SQLException e) { // the server may be gone before this session knows it
      throw failed("LISTEN " + channel, e);
    }
  }

  @Override
  public void unlisten(String channel) {
    ownThread();
    SessionMail mine = mail;
    if (mine != null) {
      mine.unlisten(channel);
    }
  }

  @Override
  public List<DatabaseNotification> notifications() {
    ownThread();
    SessionMail mine = mail;
    return mine == null ? List.of() : mine.take();
  }

  /** Few sessions ever send or listen, so it is made when it is first needed. */
  private SessionMail mail() {
    SessionMail mine = mail;
    if (mine == null) {
      String who = "background worker \"%s\"".formatted(workerName());
      mine = new SessionMail(notifications, request.target(), who, context.latch()::set);
      mail = mine;
      if (isClosed()) {
        mine.close(); // meanwhile, on another thread
      }
    }
    return mine;
  }
}
