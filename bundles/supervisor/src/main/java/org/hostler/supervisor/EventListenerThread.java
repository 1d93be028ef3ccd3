// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerStats.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to one listener, in order, on a platform thread of its own.
 *
 * <p>Waking a sleeping thread costs the publisher 10 to 25 µs, more than launching a worker. So
 * after it has been busy it first naps, looking for itself, and only after a second of quiet sleeps
 * deeply enough to need a wake-up.
 */
final class EventListenerThread implements Subscription, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(EventListenerThread.class);
  private static final long NAP = Duration.ofMillis(5).toNanos();
  private static final long QUIET = Duration.ofSeconds(1).toNanos();

  /**
   * A second for the last events, counted in these: a machine that stalls takes none of it away.
   */
  private static final long SLICE_MILLIS = 20;

  private static final int MOST_SLICES = 50;

  private final EventStream stream;
  private final Consumer<WorkerEvent> listener;
  private final Consumer<EventListenerThread> whenClosed;
  private final Thread thread;
  private long next;
  private volatile boolean asleep;
  private volatile boolean closed;

  /** Set when the time for what was published before the end is over. */
  private volatile boolean cut;

  EventListenerThread(
      String name,
      EventStream stream,
      long last,
      Consumer<WorkerEvent> listener,
      Consumer<EventListenerThread> whenClosed) {
    this.stream = stream;
    this.next = last + 1;
    this.listener = listener;
    this.whenClosed = whenClosed;
    thread = HostThreads.daemon(name, this);
  }

  void start() {
    thread.start();
  }

  /** Wakes the thread if it sleeps deeply. */
  void wake() {
    if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    long busy = System.nanoTime();
    try {
      while (!closed) {
        if (deliver()) {
          busy = System.nanoTime();
        } else {
          rest(System.nanoTime() - busy > QUIET);
        }
      }
      deliver(); // what was published before close
    } catch (Throwable t) { // the listener's: it ends the subscription, nobody else's
      LOG.warn("listener \"{}\" failed and is not called any more", thread.getName(), t);
    } finally {
      whenClosed.accept(this);
    }
  }

  private void rest(boolean deeply) {
    if (!deeply) {
      LockSupport.parkNanos(this, NAP);
      return;
    }
    asleep = true;
    if (stream.last() < next && !closed) { // looked after saying so: no wake-up is lost
      LockSupport.park(this);
    }
    asleep = false;
  }

  private boolean deliver() {
    long last = stream.last();
    if (last < next) {
      return false;
    }
    while (next <= last && !cut) {
      WorkerEvent event = stream.event(next);
      if (event != null) {
        next++;
        listener.accept(event);
      } else {
        long oldest = Math.max(next + 1, stream.oldest());
        long missed = oldest - next;
        next = oldest;
        listener.accept(stream.gap(oldest - 1, missed));
      }
    }
    return true;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() != thread) {
      try {
        for (int i = 0; i < MOST_SLICES && thread.isAlive(); i++) {
          thread.join(SLICE_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      cut = true;
    }
  }
}
