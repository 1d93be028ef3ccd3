// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that the baton goes round and that virtual threads get to run.
 *
 * <p>A platform thread that looks four times a second. A baton held by the same thread for a second
 * is an error of ours, and is logged with that thread's stack. For the other see {@link Canary}.
 */
final class Watchdog implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final long PERIOD = Duration.ofMillis(250).toNanos();
  private static final long TOO_LONG = Duration.ofSeconds(1).toNanos();

  private final Supervisor supervisor;
  private final Canary canary;
  private final Ticker ticker;
  private final Thread thread = HostThreads.daemon("hostler-watchdog", this);
  private @Nullable Thread holder;
  private long holds;
  private long since;
  private boolean told;
  private volatile boolean closed;

  Watchdog(Supervisor supervisor, Canary canary, Ticker ticker) {
    this.supervisor = supervisor;
    this.canary = canary;
    this.ticker = ticker;
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    while (!closed) {
      LockSupport.parkNanos(this, PERIOD);
      try {
        look(ticker.now());
        canary.look(ticker.now());
      } catch (Throwable thrown) { // a watchdog that dies of what it sees is none
        LOG.warn("the watchdog could not look", thrown);
      }
    }
  }

  private void look(long now) {
    Thread present = supervisor.baton().holder();
    long turns = supervisor.turns();
    if (present == null || present != holder || turns != holds) {
      holder = present;
      holds = turns;
      since = now;
      told = false;
      return;
    }
    if (now - since >= TOO_LONG && !told) {
      told = true;
      Throwable stack = new Throwable("where it is");
      stack.setStackTrace(present.getStackTrace());
      LOG.error(
          "thread \"{}\" has held the supervisor's baton for {} ms; please report this",
          present.getName(),
          (now - since) / 1_000_000,
          stack);
    }
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
