// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is being opened on another thread; whoever wants it may go away at any time,
 * and what then still arrives is closed.
 */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private final Runnable arrived;
  private @Nullable Connection connection;
  private @Nullable Throwable failure;
  private boolean done;
  private boolean abandoned;

  /** What opens the connection. */
  @FunctionalInterface
  interface Opener {
    Connection open() throws SQLException;
  }

  /**
   * Begins nothing yet.
   *
   * @param arrived called, on the thread that opens, when there is a result
   */
  Opening(Runnable arrived) {
    this.arrived = arrived;
  }

  /** Opens, on the thread that is for it. */
  void run(Opener opener) {
    if (abandoned()) {
      return; // waited for a thread longer than anybody waited for it
    }
    try {
      finish(opener.open(), null);
    } catch (Throwable thrown) { // comes out of take()
      finish(null, thrown);
    }
  }

  private void finish(@Nullable Connection opened, @Nullable Throwable thrown) {
    boolean late;
    synchronized (this) {
      late = abandoned;
      done = true;
      connection = late ? null : opened;
      failure = thrown;
      notifyAll();
    }
    if (late && opened != null) {
      closeQuietly(opened);
    }
    arrived.run();
  }

  private synchronized boolean abandoned() {
    return abandoned;
  }

  /** Tells whether there is a result. */
  synchronized boolean done() {
    return done;
  }

  /** Waits for a result; false when the time was over before. */
  synchronized boolean await(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (!done) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return true;
  }

  /** Returns the connection, once, or throws why there is none; only when {@link #done}. */
  synchronized Connection take() throws SQLException {
    Connection taken = connection;
    connection = null;
    if (taken != null) {
      return taken;
    }
    if (failure instanceof SQLException sql) {
      throw sql;
    }
    throw new IllegalStateException("a connection could not be opened", failure);
  }

  /** Closes the connection that is there or arrives later, if nobody has taken it. */
  void abandon() {
    Connection left;
    synchronized (this) {
      abandoned = true;
      left = connection;
      connection = null;
    }
    if (left != null) {
      closeQuietly(left);
    }
  }

  /** Closes what nobody wants any more. */
  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("a connection could not be closed", e);
    }
  }
}
