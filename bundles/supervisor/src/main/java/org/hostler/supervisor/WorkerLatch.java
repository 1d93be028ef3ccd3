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
 * <p>Both sides swap the flag atomically, {@link #set()} also when it is set already: that swap is
 * the full fence by which what was written before {@link #set()} is seen after {@link #reset()}
 * (contract L10), and by which no wake-up is lost (L9). A reset that finds it clear swaps nothing:
 * who sets it later is seen by the wait that follows, and who had set it before was seen by the
 * reset that cleared it.
 */
final class WorkerLatch extends AtomicInteger implements Latch {
  private static final long serialVersionUID = 1L;

  // Not an AtomicBoolean: the first compiler puts all of what that does into the frame that waits.
  private static final int CLEAR = 0;
  private static final int SET = 1;

  /** The end of a wait that is over. */
  private static final long OVER = LatchTimer.NONE;

  /** How long a worker parks at a time whose time-out the timer could not take. */
  private static final long NAP = Duration.ofMillis(10).toNanos();

  /** Ends the waits whose time is over. */
  private static final LatchTimer TIMER = new LatchTimer(Duration.ofSeconds(10));

  private transient volatile @Nullable Thread owner;

  /** When the timer unparks the owner, {@link LatchTimer#NONE} for not at all; the timer's. */
  transient volatile long wakeUp = LatchTimer.NONE;

  /** Where this stands in the timer's queue, -1 for nowhere; the timer's. */
  transient int place = -1;

  /** Makes the calling thread the owner; null when the life is over. */
  void owner(@Nullable Thread thread) {
    owner = thread;
    if (wakeUp != LatchTimer.NONE) {
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
    if (get() == SET) {
      getAndSet(false);
    }
  }

  @Override
  public void await() {
    checkOwner("await");
    while (!isSet()) {
      LockSupport.park(this);
    }
  }

  @Override
  public boolean await(Duration timeout) {
    long end = begin(timeout); // nothing else is kept: this frame waits with every idle worker
    while (end != OVER) {
      if (wakeUp == LatchTimer.NONE) {
        LockSupport.parkNanos(this, NAP); // the timer could not be told
      } else {
        LockSupport.park(this);
      }
      end = again(end);
    }
    return get() == SET;
  }

  private long begin(Duration timeout) {
    checkOwner("await");
    long length = nanos(timeout);
    return isSet() || length == 0 ? OVER : timed(System.nanoTime() + length);
  }

  private long again(long end) {
    return isSet() || end - System.nanoTime() <= 0 ? OVER : timed(end);
  }

  private boolean isSet() {
    if (Thread.interrupted()) {
      getAndSet(true);
    }
    return get() == SET;
  }

  /** Has the timer end the park that follows; if it cannot, the worker looks again and again. */
  private long timed(long end) {
    long told = wakeUp; // looked at last: the timer forgets the time first and then unparks
    if (told == LatchTimer.NONE || end - told < 0) {
      try {
        TIMER.arm(this, end);
      } catch (OutOfMemoryError noThread) { // or no room in its queue: nothing has been changed
        return end;
      }
    }
    return end;
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
