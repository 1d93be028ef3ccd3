// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of one life, from before it connects until it is closed.
 *
 * <p>All but {@link #close}, {@link #cancel} and what is read of it belongs to the worker's thread.
 * The driver's connection is in auto-commit mode for statements with no transaction around them,
 * and out of it within one; it is changed over only when the kind of the next one differs.
 */
final class WorkerSession implements DatabaseSession {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerSession.class);

  private final WorkerContext context;
  private final SessionRequest request;
  private final MechanismThreads threads;
  private final Notifications notifications;
  private final InstantSource clock;
  private final Thread owner = Thread.currentThread();
  private final Activity activity;
  private final Dialect dialect;
  private final SessionConnection connection = new SessionConnection(this);
  private final KeptStatements kept = new KeptStatements();

  private volatile @Nullable Connection raw;
  private volatile @Nullable SessionMail mail;
  private volatile String dead = "";
  private volatile Instant connectedAt = Instant.EPOCH;
  private volatile @Nullable Backend backend;
  private boolean inTransaction;
  private boolean failedWithin;
  private boolean autoCommit = true;
  private int timeoutSeconds;

  WorkerSession(
      WorkerContext context,
      SessionRequest request,
      MechanismThreads threads,
      StatementClock statements,
      Notifications notifications,
      InstantSource clock) {
    this.activity = new Activity(statements);
    this.context = context;
    this.request = request;
    this.threads = threads;
    this.notifications = notifications;
    this.clock = clock;
    this.dialect = Dialect.of(request.target());
  }

  /** Gives the session its connection; false when it was closed before. */
  boolean connected(Connection opened) throws SQLException {
    connectedAt = clock.instant();
    backend = dialect.backend(opened);
    activity.turn(SessionStat.State.IDLE);
    synchronized (this) {
      if (!dead.isEmpty()) {
        return false;
      }
      raw = opened;
      return true;
    }
  }

  // ---- what others see of it

  /** Returns the life it belongs to. */
  WorkerId worker() {
    return context.id();
  }

  /** Returns the worker's name. */
  String workerName() {
    return context.entry().name();
  }

  /** Tells whether the worker may be ended when the database is removed (D12). */
  boolean interruptible() {
    return context.entry().flags().contains(WorkerFlag.INTERRUPTIBLE);
  }

  /** Returns the life, for instance for its latch. */
  WorkerContext context() {
    return context;
  }

  /**
   * Returns how the server knows the session; null before it is connected, or for no such server.
   */
  @Nullable Backend backend() {
    return backend;
  }

  /** Returns the number of the statement if it has been running for that long; else 0. */
  long runningFor(Duration patience) {
    return activity.runningFor(patience);
  }

  /** Returns the database's settings when it was connected. */
  DatabaseTarget target() {
    return request.target();
  }

  /** Returns what it does; empty while it is not connected. */
  Optional<SessionStat> stat() {
    if (raw == null) {
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
    Connection mine = alive();
    if (inTransaction) {
      throw new IllegalStateException(
          "background worker \"%s\": a transaction is under way already\n".formatted(workerName())
              + "Transactions follow one another; use a savepoint within one.");
    }
    if (autoCommit) {
      mine.setAutoCommit(false);
      autoCommit = false;
    }
    inTransaction = true;
    failedWithin = false;
    activity.turn(SessionStat.State.IDLE_IN_TRANSACTION);
    boolean committed = false;
    try {
      T result = work.run(connection);
      alive();
      if (failedWithin) {
        checkCommittable(mine);
      }
      mine.commit();
      committed = true;
      return result;
    } finally {
      inTransaction = false;
      if (!committed) {
        rollBack(mine);
      }
      SessionMail sent = mail;
      if (sent != null) {
        sent.ended(committed);
      }
      activity.turn(SessionStat.State.IDLE);
    }
  }

  /**
   * Throws when the transaction can only be rolled back. A server that is then told to commit rolls
   * back and says that all is well.
   */
  private void checkCommittable(Connection mine) throws SQLException {
    if (dialect.aborted(mine)) {
      throw new SQLException(
          "background worker \"%s\": the transaction cannot be committed, a statement of it failed\n%s\n"
                  .formatted(workerName(), Failures.oneLine(activity.failedSql()))
              + "Let the failure out of the work, or go back to a savepoint before it.",
          "25P02",
          activity.failure());
    }
  }

  /** The failures of the transaction under way are undone. */
  void backToSavepoint() {
    failedWithin = false;
  }

  /** Rolls back; what failed before is what counts, and a connection that is gone has done so. */
  private void rollBack(Connection mine) {
    try {
      mine.rollback();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("background worker \"{}\": a rollback failed", workerName(), e);
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

  /** Returns the connection, for a statement in the transaction under way or in its own. */
  private Connection standAlone() throws SQLException {
    Connection mine = alive();
    if (!inTransaction && !autoCommit) {
      mine.setAutoCommit(true);
      autoCommit = true;
    }
    return mine;
  }

  private PreparedStatement kept(String sql) throws SQLException {
    Connection mine = standAlone();
    return prepare(sql, () -> kept.take(mine, sql));
  }

  /** Prepares a statement: some databases find then that it is none. */
  <T> T prepare(String sql, Call<T> call) throws SQLException {
    try {
      return call.run();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
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
    boolean byDatabase = dialect.statementTimeout(alive(), timeout);
    timeoutSeconds =
        byDatabase
            ? 0
            : (int) Math.min(Integer.MAX_VALUE, timeout.plusNanos(999_999_999).toSeconds());
    kept.clear();
  }

  @Override
  public void notify(String channel, String payload) throws SQLException {
    alive();
    SessionMail.check(channel, payload);
    if (Notifications.byServer(request.target())) {
      query("SELECT pg_catalog.pg_notify(?, ?)", row -> true, channel, payload);
    } else {
      mail().send(channel, payload, inTransaction);
    }
  }

  @Override
  public void listen(String channel) throws SQLException {
    alive();
    mail().listen(channel);
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

  // ---- for the wrappers

  /** Returns the driver's connection, if the session may be used. */
  Connection alive() throws SQLException {
    ownThread();
    Connection mine = raw;
    if (mine == null || !dead.isEmpty()) {
      throw new SQLException(
          "background worker \"%s\": its session is closed: %s".formatted(workerName(), dead),
          "08003");
    }
    return mine;
  }

  /** Returns the driver's connection, if a transaction is under way. */
  Connection transaction() throws SQLException {
    Connection mine = alive();
    if (!inTransaction) {
      throw new SQLException(
          "background worker \"%s\": the connection works only within a transaction"
              .formatted(workerName()),
          "25P01");
    }
    return mine;
  }

  private void ownThread() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "background worker \"%s\": its session belongs to its own thread, not to \"%s\""
              .formatted(workerName(), Thread.currentThread().getName()));
    }
  }

  /** What a statement does. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  /** Runs a statement of the transaction under way. */
  <T extends @Nullable Object> T run(Statement statement, String sql, Call<T> call)
      throws SQLException {
    startOf(statement, sql);
    try {
      return call.run();
    } catch (SQLException e) {
      throw failed(sql, e);
    } finally {
      end();
    }
  }

  /** A statement of the transaction under way begins; {@link #end} must follow. */
  void startOf(Statement statement, String sql) throws SQLException {
    transaction();
    limit(statement);
    begin(statement, sql);
  }

  private void begin(Statement statement, String sql) {
    activity.begin(statement, sql);
  }

  /** Returns what the worker sees of the connection. */
  Connection connection() {
    return connection;
  }

  /** Tells whether it is over. */
  boolean isClosed() {
    return !dead.isEmpty();
  }

  /** A statement has ended. */
  void end() {
    activity.end(inTransaction);
  }

  /** Gives a statement the time-out that the database does not keep itself. */
  void limit(Statement statement) throws SQLException {
    if (timeoutSeconds > 0) {
      statement.setQueryTimeout(timeoutSeconds);
    }
  }

  /** Remembers a failure and returns what to throw for it. */
  SQLException failed(String sql, Throwable thrown) {
    activity.failed(sql, thrown);
    failedWithin = inTransaction;
    return Failures.rethrown(thrown);
  }

  // ---- the end

  /** Returns the statement whose failure came out of the worker's main; else empty. */
  String failedWith(String cause, String stackTrace) {
    return Failures.oneLine(activity.failedWith(cause, stackTrace));
  }

  /** Tells whether its connection was lost, which is what a database that goes away looks like. */
  boolean lost() {
    Connection mine = raw;
    try {
      return activity.lost() || (mine != null && mine.isClosed());
    } catch (SQLException e) { // a driver that cannot even say that
      return true;
    }
  }

  /** Cancels the running statement; takes no lock, returns at once. */
  boolean cancel() {
    Statement statement = activity.toCancel();
    if (statement == null) {
      return false;
    }
    threads.execute(
        new Cancellation(
            activity,
            activity.number(),
            () -> cancel(statement::cancel),
            () -> cancelAgain(statement)));
    return true;
  }

  /**
   * Makes every later call fail and closes the connection, which rolls back. On another thread than
   * the worker's it returns at once, whatever the worker or its database do.
   */
  void close(String reason) {
    Connection mine = kill(reason);
    if (mine == null) {
      return;
    }
    if (Thread.currentThread() == owner) {
      Opening.closeQuietly(mine);
    } else {
      Statement running = activity.running();
      if (running != null) { // beside the other: a server that does not answer holds it up
        threads.execute(() -> cancel(running::cancel));
      }
      threads.execute(() -> abort(mine));
    }
  }

  /** As {@link #close}, but it is closed when this returns. */
  void closeNow(String reason) {
    Connection mine = kill(reason);
    Statement running = activity.running();
    if (mine != null && running != null) {
      threads.execute(() -> cancel(running::cancel));
    }
    if (mine != null) {
      abort(mine);
    }
  }

  /** Makes every later call fail; returns the connection that is to be closed, once. */
  private @Nullable Connection kill(String reason) {
    Connection mine;
    synchronized (this) {
      if (!dead.isEmpty()) {
        return null;
      }
      dead = reason;
      mine = raw;
      raw = null;
    }
    SessionMail listening = mail;
    if (listening != null) {
      listening.close();
    }
    return mine;
  }

  private void cancelAgain(Statement statement) {
    Connection mine = raw;
    if (mine != null) {
      cancel(() -> dialect.cancelAgain(mine, statement));
    }
  }

  /** Asks a database to cancel something. */
  @FunctionalInterface
  private interface Cancel {
    void ask() throws SQLException;
  }

  private void cancel(Cancel request) {
    try {
      request.ask();
    } catch (SQLException e) { // it has just ended, or its connection has
      LOG.debug("background worker \"{}\": a statement was not cancelled", workerName(), e);
    }
  }

  private void abort(Connection mine) {
    try {
      mine.abort(Runnable::run);
    } catch (SQLException e) { // a driver need not be able to
      Opening.closeQuietly(mine);
    }
  }
}
