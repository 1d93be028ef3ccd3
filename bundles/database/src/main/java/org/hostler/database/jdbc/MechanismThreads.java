// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which databases are asked that may not answer: platform daemons that keep nothing
 * of whoever asked for them, neither thread locals nor class loader nor access-control context.
 *
 * <p>Made when first used. At most {@value #EACH} threads connect to one database at a time, so
 * that one that does not answer holds up nobody else's.
 */
final class MechanismThreads {
  private static final Logger LOG = LoggerFactory.getLogger(MechanismThreads.class);
  private static final int EACH = 8;

  private final Map<String, Lane> lanes = new HashMap<>();
  private volatile @Nullable ExecutorService pool;
  private boolean closed;

  /** The work for one database that waits for a thread. */
  private static final class Lane {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
  }

  /** Runs work soon; what it throws is logged. After {@link #close} it is dropped. */
  void execute(Runnable work) {
    ExecutorService mine = pool();
    if (mine != null) {
      try {
        mine.execute(guarded(work));
      } catch (RejectedExecutionException e) {
        LOG.debug("work for a database came too late", e);
      }
    }
  }

  /** As {@link #execute}, with at most {@value #EACH} at a time of the same lane. */
  void execute(String name, Runnable work) {
    synchronized (lanes) {
      Lane lane = lanes.computeIfAbsent(name, any -> new Lane());
      if (lane.running == EACH) {
        lane.waiting.add(work);
        return;
      }
      lane.running++;
    }
    execute(() -> drain(name, work));
  }

  private void drain(String name, Runnable first) {
    Runnable work = first;
    while (work != null) {
      guarded(work).run();
      synchronized (lanes) {
        Lane lane = lanes.get(name);
        work = lane == null ? null : lane.waiting.poll();
        if (work == null && lane != null && --lane.running == 0) {
          lanes.remove(name);
        }
      }
    }
  }

  /** Work that gives something. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  /** Begins work; what it gives or throws is in the future. */
  <T extends @Nullable Object> CompletableFuture<T> begin(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable task =
        () -> {
          try {
            result.complete(work.run());
          } catch (Throwable thrown) { // comes out of the future
            result.completeExceptionally(thrown);
          }
        };
    ExecutorService mine = pool();
    if (mine == null) {
      result.completeExceptionally(new SQLException("the databases of this host are closed"));
    } else {
      mine.execute(task);
    }
    return result;
  }

  /** Does work and waits for it; when interrupted, the flag is set again. */
  <T extends @Nullable Object> T call(Work<T> work) throws SQLException {
    try {
      return begin(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while a database was asked", Dialect.CANCELED, e);
    } catch (ExecutionException e) {
      throw Failures.rethrown(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Returns what a finished future has, or throws it. */
  static <T extends @Nullable Object> T result(CompletableFuture<T> done) throws SQLException {
    try {
      return done.join();
    } catch (CompletionException e) {
      throw Failures.rethrown(e.getCause() == null ? e : e.getCause());
    }
  }

  private @Nullable ExecutorService pool() {
    ExecutorService mine = pool;
    return mine == null ? makePool() : mine;
  }

  private synchronized @Nullable ExecutorService makePool() {
    if (pool == null && !closed) {
      pool =
          new ThreadPoolExecutor(
              0,
              Integer.MAX_VALUE,
              5,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              work -> daemon("hostler-database", work));
    }
    return pool;
  }

  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (Throwable thrown) { // the thread is needed for others
        LOG.warn("work for a database failed", thrown);
      }
    };
  }

  /** Takes no more work; what runs is interrupted. */
  synchronized void close() {
    closed = true;
    ExecutorService mine = pool;
    if (mine != null) {
      mine.shutdownNow();
      pool = null;
    }
  }

  /** Returns a daemon thread, not started. */
  @SuppressWarnings("removal") // does nothing from JDK 24 on, and is needed before
  static Thread daemon(String name, Runnable work) {
    AccessControlContext nobody = new AccessControlContext(new ProtectionDomain[0]);
    PrivilegedAction<Thread> action = () -> new Thread(root(), work, name, 0, false);
    Thread thread = AccessController.doPrivileged(action, nobody);
    thread.setDaemon(true);
    thread.setContextClassLoader(MechanismThreads.class.getClassLoader());
    return thread;
  }

  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group != null && group.getParent() != null) {
      group = group.getParent();
    }
    return group == null ? new ThreadGroup("hostler") : group;
  }
}
