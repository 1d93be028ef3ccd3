// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hostler.worker.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, or about to connect, to which database; and which databases nobody may connect
 * to for a while.
 *
 * <p>A session enters before it connects, so whoever bars a database and then looks sees every
 * session there is or can be. Reading takes no lock, but for {@link #awaitEmpty}.
 */
final class LiveSessions {
  private final Map<WorkerId, WorkerSession> sessions = new ConcurrentHashMap<>();
  private final Map<String, List<Runnable>> barred = new HashMap<>();

  /**
   * Lets a session in, unless its database is barred.
   *
   * @param opened called, once, when the database is not barred any more, if it is now
   * @return whether it is in
   */
  synchronized boolean enter(WorkerSession session, Runnable opened) {
    List<Runnable> waiting = barred.get(session.database());
    if (waiting == null) {
      sessions.put(session.worker(), session);
      return true;
    }
    waiting.add(opened);
    return false;
  }

  /** Forgets a session. Idempotent. */
  void leave(WorkerSession session) {
    if (sessions.remove(session.worker(), session)) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Waits until nobody is connected to a database; false when the time was over before. */
  synchronized boolean awaitEmpty(String database, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (!of(database).isEmpty()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return true;
  }

  /** Bars a database; false when it is barred already. */
  synchronized boolean bar(String database) {
    return barred.putIfAbsent(database, new ArrayList<>()) == null;
  }

  /** Ends {@link #bar}: whoever waits looks again. */
  void lift(String database) {
    List<Runnable> waiting;
    synchronized (this) {
      waiting = barred.remove(database);
    }
    if (waiting != null) {
      waiting.forEach(Runnable::run);
    }
  }

  /** Tells whether a database is barred. */
  synchronized boolean isBarred(String database) {
    return barred.containsKey(database);
  }

  /** Returns every session, in no order. */
  List<WorkerSession> all() {
    return List.copyOf(sessions.values());
  }

  /** Returns the sessions of a database, connecting ones included, in no order. */
  List<WorkerSession> of(String database) {
    List<WorkerSession> found = new ArrayList<>();
    for (WorkerSession session : sessions.values()) {
      if (session.database().equals(database)) {
        found.add(session);
      }
    }
    return found;
  }

  /** Returns the session of a worker's present life. */
  Optional<WorkerSession> of(WorkerId worker) {
    for (Map.Entry<WorkerId, WorkerSession> each : sessions.entrySet()) {
      if (each.getKey().sameWorker(worker)) {
        return Optional.of(each.getValue());
      }
    }
    return Optional.empty();
  }

  /** Returns the session of a worker's life exactly; null when there is none. */
  @Nullable WorkerSession exactly(WorkerId worker) {
    return sessions.get(worker);
  }

  /** Closes every session: the bundle stops, and whoever still works with one fails. */
  void close() {
    for (WorkerSession session : all()) {
      session.closeNow("the bundle that offers databases was stopped");
      leave(session);
    }
  }
}
