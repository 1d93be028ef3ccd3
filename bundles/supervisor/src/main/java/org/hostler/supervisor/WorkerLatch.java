// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
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
final class WorkerLatch extends AtomicInteger implements Latch {
  private static final long serialVersionUID = 1L;

  // Not an AtomicBoolean: the first compiler puts all of what that does into the frame that waits.
  private static final int CLEAR = 0;
  private static final int SET = 1;

  /** Longer waits are cut into pieces of this length: the time-out still holds. */
  private static final long LONGEST_PARK = Duration.ofDays(1).toNanos();

  /** Who ends a wait whose time is over: on virtual threads the timer, else the wait itself. */
  private static final @Nullable LatchTimer TIMER =
      VirtualThreads.available() ? new LatchTimer(Duration.ofSeconds(10)) : null;

  private transient volatile @Nullable Thread owner;

  /** When the timer unparks the owner, {@link LatchTimer#NONE} for not at all; the timer's. */
  transient volatile long wakeUp = LatchTimer.NONE;

  /** Where this stands in the timer's queue, -1 for nowhere; the timer's. */
  transient int place = -1;

  /** Makes the calling thread the owner; null when the life is over. */
  void owner(@Nullable Thread thread) {
    owner = thread;
    if (TIMER != null && wakeUp != LatchTimer.NONE) {
      TIMER.cancel(this);
    }
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
    long end = end(timeout); // nothing else is kept: this frame waits with every idle worker
    long pause = pause(end);
    while (pause > 0) {
      if (TIMER == null) {
        LockSupport.parkNanos(this, pause);
      } else {
        LockSupport.park(this);
      }
      pause = pause(end);
    }
    return pause < 0;
  }

  private long end(Duration timeout) {
    checkOwner("await");
    return System.nanoTime() + nanos(timeout);
  }

  /** Returns how long to park until the next look: 0 when the time is over, -1 when it is set. */
  private long pause(long end) {
    if (Thread.interrupted()) {
      getAndSet(true);
    }
    if (get() == SET) {
      return -1;
    }
    long left = end - System.nanoTime();
    if (left <= 0) {
      return 0;
    }
    if (TIMER != null) {
      arm(TIMER, end);
    }
    return Math.min(left, LONGEST_PARK);
  }

  /** Looked at before each park: the timer forgets the time first and then unparks. */
  private void arm(LatchTimer timer, long end) {
    long told = wakeUp;
    if (told == LatchTimer.NONE || end - told < 0) {
      timer.arm(this, end);
    }
  }

  /** Its time has come: the owner looks. */
  void timeIsUp() {
    Thread thread = owner;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** Swaps the flag; a full fence. */
  boolean getAndSet(boolean set) {
    return getAndSet(set ? SET : CLEAR) == SET;
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
      throw notOwner(what);
    }
  }

  private static IllegalMonitorStateException notOwner(String what) {
    return new IllegalMonitorStateException(
        "latch: only the worker's own thread may %s it, this is %s"
            .formatted(what, Thread.currentThread().getName()));
  }
}
