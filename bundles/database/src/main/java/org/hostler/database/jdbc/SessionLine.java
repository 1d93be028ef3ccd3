// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.hostler.database.SessionStat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a session: who may use it and when, what runs on it, and its end.
 *
 * <p>All but {@link #close}, {@link #cancel} and what is read of it belongs to the worker's thread.
 * The driver's connection is in auto-commit mode for statements with no transaction around them,
 * and out of it within one; it is changed over only when the kind of the next one differs.
 */
abstract sealed class SessionLine permits WorkerSession {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLine.class);

  final Activity activity;
  private final String workerName;
  private final Dialect dialect;
  private final MechanismThreads threads;
  private final Thread owner = Thread.currentThread();
  private final SessionConnection connection = new SessionConnection(this);

  private volatile @Nullable Connection raw;
  private volatile String dead = "";
  private volatile @Nullable Backend backend;
  private boolean inTransaction;
  private boolean failedWithin;
  private boolean autoCommit = true;
  private int timeoutSeconds;

  SessionLine(
      String workerName, Dialect dialect, MechanismThreads threads, StatementClock statements) {
    this.workerName = workerName;
    this.dialect = dialect;
    this.threads = threads;
    this.activity = new Activity(statements);
  }

  /** Gives the session its connection; false when it was closed before. */
  boolean connected(Connection opened) throws SQLException {
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

  /** Returns the worker's name. */
  String workerName() {
    return workerName;
  }

  /** Tells whether it is connected and not closed. */
  boolean isOpen() {
    return raw != null;
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

  // ---- transactions

  /** Begins a transaction; {@link #leave} must follow. */
  void enter() throws SQLException {
    Connection mine = alive();
    if (inTransaction) {
      throw new IllegalStateException(
          "background worker \"%s\": a transaction is under way already\n".formatted(workerName)
              + "Transactions follow one another; use a savepoint within one.");
    }
    if (autoCommit) {
      mine.setAutoCommit(false);
      autoCommit = false;
    }
    inTransaction = true;
    failedWithin = false;
    activity.turn(SessionStat.State.IDLE_IN_TRANSACTION);
  }

  /** Commits the transaction under way. */
  void commit() throws SQLException {
    Connection mine = alive();
    if (failedWithin) {
      checkCommittable(mine);
    }
    mine.commit();
  }

  /** Ends a transaction, rolling back what is not committed. */
  void leave(boolean committed) {
    inTransaction = false;
    Connection mine = raw;
    if (!committed && mine != null) {
      rollBack(mine);
    }
    activity.turn(SessionStat.State.IDLE);
  }

  /** What failed before is what counts, and a connection that is gone has rolled back. */
  private void rollBack(Connection mine) {
    try {
      mine.rollback();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("background worker \"{}\": a rollback failed", workerName, e);
    }
  }

  /** Tells whether a transaction is under way. */
  boolean inTransaction() {
    return inTransaction;
  }

  /**
   * Throws when the transaction can only be rolled back. A server that is then told to commit rolls
   * back and says that all is well.
   */
  private void checkCommittable(Connection mine) throws SQLException {
    if (dialect.aborted(mine)) {
      throw new SQLException(
          "background worker \"%s\": the transaction cannot be committed, a statement of it failed\n%s\n"
                  .formatted(workerName, Failures.oneLine(activity.failedSql()))
              + "Let the failure out of the work, or go back to a savepoint before it.",
          "25P02",
          activity.failure());
    }
  }

  /** The failures of the transaction under way are undone. */
  void backToSavepoint() {
    failedWithin = false;
  }

  // ---- statements

  /** Returns the connection, for a statement in the transaction under way or in its own. */
  Connection standAlone() throws SQLException {
    Connection mine = alive();
    if (!inTransaction && !autoCommit) {
      mine.setAutoCommit(true);
      autoCommit = true;
    }
    return mine;
  }

  /** Sets the longest time of a statement; those prepared before have to be prepared again. */
  void limitStatements(Duration timeout) throws SQLException {
    boolean byDatabase = dialect.statementTimeout(alive(), timeout);
    long seconds = timeout.plusNanos(999_999_999).toSeconds();
    timeoutSeconds = byDatabase ? 0 : (int) Math.min(Integer.MAX_VALUE, seconds);
  }

  /** Prepares a statement: some databases find then that it is none. */
  <T> T prepare(String sql, Call<T> call) throws SQLException {
    try {
      return call.run();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Returns the driver's connection, if the session may be used. */
  Connection alive() throws SQLException {
    ownThread();
    Connection mine = raw;
    if (mine == null || !dead.isEmpty()) {
      throw new SQLException(
          "background worker \"%s\": its session is closed: %s".formatted(workerName, dead),
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
              .formatted(workerName),
          "25P01");
    }
    return mine;
  }

  void ownThread() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "background worker \"%s\": its session belongs to its own thread, not to \"%s\""
              .formatted(workerName, Thread.currentThread().getName()));
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

  void begin(Statement statement, String sql) {
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
    long number = activity.number();
    threads.execute(
        new Cancellation(
            () -> activity.runs(number),
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
    closed();
    return mine;
  }

  /** It was closed, on whatever thread: what else hangs on the session goes too. */
  abstract void closed();

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
      LOG.debug("background worker \"{}\": a statement was not cancelled", workerName, e);
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
