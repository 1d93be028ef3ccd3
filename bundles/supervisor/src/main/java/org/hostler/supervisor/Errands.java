// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for what is slow, foreign or asks the framework, and must not hold the baton. */
final class Errands implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, work -> HostThreads.daemon("hostler-errands", work));

  Errands() {
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Has work done soon; what it throws is logged. After {@link #close} it is dropped. */
  @Override
  public void execute(Runnable work) {
    after(0, work);
  }

  /** Has work done after a delay. */
  void after(long millis, Runnable work) {
    if (!executor.isShutdown()) {
      executor.schedule(guarded(work), millis, TimeUnit.MILLISECONDS);
    }
  }

  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (Throwable thrown) { // the next errand still has to be run
        LOG.warn("an errand failed", thrown);
      }
    };
  }

  void close() {
    executor.shutdownNow();
  }
}
