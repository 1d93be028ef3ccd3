// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides what is loaded: on-demand libraries and {@code deploy/} share it, so
 * their state needs no lock.
 *
 * <p>Nothing that runs here may call an activator or wait for one: that is {@link BundleWork}. The
 * thread is made with the first task; tasks handed in after {@link #close} are dropped.
 */
final class LoaderThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoaderThread.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, LoaderThread::thread, new ThreadPoolExecutor.DiscardPolicy());

  LoaderThread() {
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs a task after those handed in before. */
  void run(Runnable task) {
    executor.execute(() -> guarded(task));
  }

  /** Runs a task when this time has passed. */
  void runAfter(Duration delay, Runnable task) {
    executor.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether tasks are dropped from now on. */
  boolean closed() {
    return executor.isShutdown();
  }

  /** Drops every task that has not begun; does not wait for the one that runs. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      // The executor would keep it in a future that nobody asks.
      if (!closed()) {
        LOG.error("loader: a task failed", e);
      }
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = HostThreads.daemon("hostler-loader", task);
    return thread;
  }
}
