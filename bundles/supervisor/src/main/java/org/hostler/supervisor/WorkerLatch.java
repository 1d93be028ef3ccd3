// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.hostler.worker.Latch;
import org.jspecify.annotations.Nullable;

/**
 * The latch of one life.
 *
 * <p>Both sides swap the flag atomically, also when it has that value already: that swap is the
 * full fence by which what was written before {@link #set()} is seen after {@link #reset()}
 * (contract L10), and by which no wake-up is lost (L9).
 */
final class WorkerLatch extends AtomicBoolean implements Latch {
  private static final long serialVersionUID = 1L;

  /** Longer waits are cut into pieces of this length: the time-out still holds. */
  private static final long LONGEST_PARK = Duration.ofDays(1).toNanos();

  private transient volatile @Nullable Thread owner;

  /** Makes the calling thread the owner; null when the life is over. */
  void owner(@Nullable Thread thread) {
    owner = thread;
  }

  @Override
  public void set() {
    if (getAndSet(true)) {
      return;
    }
    Thread thread = owner; // looked at after setting: whoever becomes the owner now sees the flag
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void reset() {
    checkOwner("reset");
    getAndSet(false);
  }

  @Override
  public boolean await(Duration timeout) {
    checkOwner("await");
    long end = System.nanoTime() + nanos(timeout);
    for (; ; ) {
      if (Thread.interrupted()) {
        getAndSet(true);
      }
      if (get()) {
        return true;
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(this, Math.min(left, LONGEST_PARK));
    }
  }

  private static long nanos(Duration timeout) {
    if (timeout.isNegative()) {
      return 0;
    }
    long half = Long.MAX_VALUE / 2; // more than a hundred years: the sum with now stays in range
    return timeout.compareTo(Duration.ofNanos(half)) > 0 ? half : timeout.toNanos();
  }

  private void checkOwner(String what) {
    if (owner != Thread.currentThread()) {
      throw new IllegalMonitorStateException(
          "latch: only the worker's own thread may %s it, this is %s"
              .formatted(what, Thread.currentThread().getName()));
    }
  }
}
