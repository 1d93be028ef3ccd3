// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that takes the baton when nobody else does: at deadlines, and when a caller has done
 * enough for others.
 *
 * <p>A platform thread, so that spinning workers on virtual threads cannot keep it from running.
 */
final class ServerLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerLoop.class);
  private static final long REST = 100_000_000L; // after a failure, so that it cannot fill the log
  private static final long LONGEST_SLEEP = 60_000_000_000L; // PostgreSQL's, contract A4.4

  private static final long A_MOMENT = 1_000_000L;

  private final Supervisor supervisor;
  private final Ticker ticker;
  private final Thread thread = HostThreads.daemon("hostler-server-loop", this);
  private volatile long sleepsUntil = Long.MIN_VALUE;
  private volatile boolean closed;

  ServerLoop(Supervisor supervisor, Ticker ticker) {
    this.supervisor = supervisor;
    this.ticker = ticker;
  }

  void start() {
    supervisor.loop(this::wake);
    thread.start();
  }

  /** Makes it look again, unless it does so in time anyway. */
  private void wake() {
    if (sleepsUntil > supervisor.nextDeadline() || supervisor.hasWork()) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    while (!closed) {
      turn();
      long now = ticker.now();
      long until = Math.min(supervisor.nextDeadline(), now + LONGEST_SLEEP);
      sleepsUntil = until; // before the last look, so that whoever comes after it wakes us
      if (until > now && supervisor.nextDeadline() >= until && !supervisor.hasWork()) {
        LockSupport.parkNanos(this, until - now);
      } else if (supervisor.baton().holder() != null) {
        LockSupport.parkNanos(this, A_MOMENT); // its holder is at it
      }
    }
  }

  private void turn() {
    try {
      supervisor.turn();
    } catch (Throwable thrown) { // an error of ours, or no memory left: the host lives on it
      LOG.error("a turn of the supervisor failed; it goes on", thrown);
      LockSupport.parkNanos(this, REST);
    }
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
