// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerEvent;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of one life and not acted on yet: one table for every kind of worker (contract L1,
 * L4, L14).
 *
 * <p>A bit for each request, so that several of one kind are one (L14), and the events of
 * notifications, of which none is lost. Any thread asks; the worker's own takes.
 */
final class WorkerRequests extends AtomicInteger {
  private static final long serialVersionUID = 1L;

  /** Events that have not been handed to {@code onNotify}; made when the first comes. */
  private transient volatile @Nullable Queue<WorkerEvent> notifications;

  /** Notes a request. */
  void ask(WorkerSignal signal) {
    getAndUpdate(bits -> bits | bit(signal));
  }

  /** Notes a request to look at an event. */
  void ask(WorkerEvent notification) {
    synchronized (this) {
      Queue<WorkerEvent> queue = notifications;
      if (queue == null) {
        queue = new ConcurrentLinkedQueue<>();
        notifications = queue;
      }
      queue.add(notification);
    }
    ask(WorkerSignal.USR1);
  }

  /** Tells whether that is asked for, without taking it. */
  boolean asked(WorkerSignal signal) {
    return (get() & bit(signal)) != 0;
  }

  /** Takes a request: tells whether it was asked for, and forgets it. */
  boolean take(WorkerSignal signal) {
    return asked(signal) && (getAndUpdate(bits -> bits & ~bit(signal)) & bit(signal)) != 0;
  }

  /** Takes the oldest notification; null when there is none. */
  @Nullable WorkerEvent takeNotification() {
    Queue<WorkerEvent> queue = notifications;
    return queue == null ? null : queue.poll();
  }

  private static int bit(WorkerSignal signal) {
    return 1 << signal.ordinal();
  }
}
