// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.hostler.database.SessionStat.State;
import org.jspecify.annotations.Nullable;

/**
 * What a session is doing: written by the worker's thread, read by whoever looks.
 *
 * <p>It is written twice for every statement, so it costs a few plain stores and a clock that is
 * not looked at.
 */
final class Activity {
  /** How much of a failure's text is looked for in a stack trace, which is cut when it is long. */
  private static final int LOOKED_AT = 500;

  private static final VarHandle RUNNING;
  private static final VarHandle SQL;
  private static final VarHandle STATE;
  private static final VarHandle SINCE;
  private static final VarHandle COUNT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      RUNNING = lookup.findVarHandle(Activity.class, "running", Statement.class);
      SQL = lookup.findVarHandle(Activity.class, "sql", String.class);
      STATE = lookup.findVarHandle(Activity.class, "state", State.class);
      SINCE = lookup.findVarHandle(Activity.class, "since", long.class);
      COUNT = lookup.findVarHandle(Activity.class, "count", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // all five by their handles
  private @Nullable Statement running;

  private String sql = "";
  private State state = State.IDLE;
  private long since;
  private long count;
  private final StatementClock clock;

  /** The statement, by its count, that was asked to end last. */
  private final AtomicLong cancelled = new AtomicLong();

  private String failedSql = "";
  private @Nullable Throwable failure;

  Activity(StatementClock clock) {
    this.clock = clock;
    this.since = clock.now();
  }

  /** A statement begins. */
  void begin(Statement statement, String text) {
    COUNT.setOpaque(this, count + 1);
    SINCE.setOpaque(this, clock.now());
    SQL.setOpaque(this, text);
    RUNNING.setRelease(this, statement);
    STATE.setRelease(this, State.ACTIVE); // last: who sees it active can cancel it
  }

  /** It has ended. */
  void end(boolean inTransaction) {
    RUNNING.setOpaque(this, null);
    turn(inTransaction ? State.IDLE_IN_TRANSACTION : State.IDLE);
  }

  /** Remembers which statement failed, and with what; for the worker's thread. */
  void failed(String text, Throwable thrown) {
    failedSql = text;
    failure = thrown;
  }

  /** Returns the statement that failed last; empty when none did. */
  String failedSql() {
    return failedSql;
  }

  /** Returns what the statement that failed last failed with. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** It does something else now. */
  void turn(State now) {
    STATE.setOpaque(this, now);
    SINCE.setOpaque(this, clock.now());
  }

  State state() {
    return (State) STATE.getAcquire(this);
  }

  /** Returns the statement that runs, or the last one. */
  String statement() {
    return (String) SQL.getOpaque(this);
  }

  /** Returns when it entered its state, in nanoseconds of the monotonic clock. */
  long since() {
    return (long) SINCE.getOpaque(this);
  }

  /** Returns the number of the statement if it has been running for that long; else 0. */
  long runningFor(Duration patience) {
    long number = (long) COUNT.getOpaque(this);
    boolean overdue = running() != null && System.nanoTime() - since() > patience.toNanos();
    return overdue ? number : 0;
  }

  /** Returns the number of the statement that runs, or of the last one. */
  long number() {
    return (long) COUNT.getOpaque(this);
  }

  /** Tells whether the statement of that number runs. */
  boolean runs(long number) {
    return running() != null && number() == number;
  }

  /** Returns the statement that runs, to be cancelled; null when there is none. */
  @Nullable Statement running() {
    return (Statement) RUNNING.getAcquire(this);
  }

  /** Returns the statement that runs, if it was not returned before; null otherwise. */
  @Nullable Statement toCancel() {
    Statement found = running();
    long number = (long) COUNT.getOpaque(this);
    return found != null && cancelled.getAndSet(number) != number ? found : null;
  }

  /** Tells whether the last failure of a statement was that of its connection. */
  boolean lost() {
    return failure instanceof SQLException sql && Dialect.lost(sql);
  }

  /** Returns the statement whose failure is that of the given text of a stack; else empty. */
  String failedWith(String cause, String stackTrace) {
    Throwable thrown = failure;
    if (thrown == null) {
      return "";
    }
    String text = thrown.toString();
    String begin = text.substring(0, Math.min(LOOKED_AT, text.length()));
    return stackTrace.contains(begin)
            || cause.contains(begin.strip().replaceAll("\\s*\\R\\s*", "; "))
        ? failedSql
        : "";
  }
}
