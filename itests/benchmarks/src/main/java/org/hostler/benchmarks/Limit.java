// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long, so that a run that nobody looks at comes to its end. */
final class Limit implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean reached;

  /**
   * Begins to wait.
   *
   * @param end called on another thread unless this is closed before
   */
  Limit(Duration time, Runnable end) {
    Thread thread = new Thread(() -> guard(time, end), "limit");
    thread.setDaemon(true);
    thread.start();
  }

  private void guard(Duration time, Runnable end) {
    try {
      if (!done.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        reached = true;
        end.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether it took too long. */
  boolean reached() {
    return reached;
  }

  @Override
  public void close() {
    done.countDown();
  }
}
