// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time-outs of waits on latches: unparks the owner at the end of its wait.
 *
 * <p>A virtual thread's own timed park makes a task, hands it to a thread and takes it back at each
 * wake-up: ten times the price of the wait itself, and 200 bytes for each thread that waits; a
 * platform thread's sets a timer of the kernel, a quarter of the wait. Here a latch stands in the
 * queue once, with the earliest end that it was told, and stays there when it is woken before: a
 * worker that naps for a second and is woken a thousand times meanwhile comes here once. Its owner
 * looks again when it is woken too early, and tells the next end then.
 *
 * <p>The queue is a heap in which each latch knows its place. The thread is a platform thread, so
 * that workers that spin cannot keep the others asleep; it is made when a latch comes and ends when
 * there has been none for a while.
 */
final class LatchTimer implements Runnable {
  /** The time of a latch that is not in the queue. */
  static final long NONE = Long.MIN_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(LatchTimer.class);
  private static final int FEWEST = 16;
  private static final long AGAIN = Duration.ofMillis(100).toNanos();

  private final long keep;
  private @Nullable WorkerLatch[] heap = new WorkerLatch[FEWEST];
  private int size;
  private @Nullable Thread thread;
  private long sleepsUntil;

  /** When there was a latch last, as far as its thread has looked. */
  private long lastSeen;

  /**
   * Makes one.
   *
   * @param keep how long its thread waits for another latch before it ends
   */
  LatchTimer(Duration keep) {
    this.keep = keep.toNanos();
  }

  /**
   * Has the owner of a latch unparked at this time at the latest, monotonic.
   *
   * @throws OutOfMemoryError when there is no memory for its thread or its queue; nothing has been
   *     changed then
   */
  void arm(WorkerLatch latch, long end) {
    Thread late;
    synchronized (this) {
      Thread running = running();
      if (latch.place < 0) {
        if (size == heap.length) {
          heap = Arrays.copyOf(heap, size * 2);
        }
        latch.place = size;
        heap[size++] = latch;
        latch.wakeUp = end;
      } else if (end - latch.wakeUp < 0) {
        latch.wakeUp = end;
      }
      up(latch, latch.place);
      late = heap[0] == latch && sleepsUntil - end > 0 ? running : null;
    }
    if (late != null) {
      LockSupport.unpark(late);
    }
  }

  /** Forgets a latch. */
  synchronized void cancel(WorkerLatch latch) {
    if (latch.place >= 0) {
      remove(latch);
    }
  }

  /** Returns how many latches wait for their time. */
  synchronized int size() {
    return size;
  }

  /** Tells whether its thread is there. */
  synchronized boolean isRunning() {
    return thread != null;
  }

  private Thread running() {
    Thread there = thread;
    if (there == null || !there.isAlive()) {
      there = HostThreads.daemon("hostler-latch-timer", this);
      there.start(); // what it throws is the waiter's: nothing has been changed
      sleepsUntil = System.nanoTime();
      lastSeen = sleepsUntil;
      thread = there;
    }
    return there;
  }

  @Override
  public void run() {
    long pause = 0;
    while (pause >= 0) {
      try {
        if (pause > 0 && !Thread.interrupted()) { // an interrupt is nobody's way to end it
          LockSupport.parkNanos(this, pause);
        }
        pause = look();
      } catch (Throwable thrown) { // no memory, perhaps: all the waits there are depend on it
        pause = failed(thrown);
      }
    }
  }

  /**
   * Wakes those whose time has come, one after the other.
   *
   * @return how long it is until the next look, in nanoseconds; negative when there will be none
   */
  private long look() {
    while (true) {
      WorkerLatch due;
      synchronized (this) {
        long now = System.nanoTime();
        lastSeen = size > 0 ? now : lastSeen;
        due = takeDue(now);
        if (due == null && now - lastSeen >= keep) {
          thread = null;
          heap = new WorkerLatch[FEWEST];
          return -1;
        }
        if (due == null) { // not longer than it is kept: those it waits for may be cancelled
          long pause = size == 0 ? keep : Math.min(keep, first().wakeUp - now);
          sleepsUntil = now + pause;
          return pause;
        }
      }
      wake(due);
    }
  }

  /** One that cannot be woken is tried again; the others are not held. */
  private void wake(WorkerLatch due) {
    try {
      due.timeIsUp();
    } catch (Throwable thrown) {
      arm(due, System.nanoTime() + AGAIN); // before anything else can fail
      LOG.error("a worker could not be woken at the end of its wait; it is tried again", thrown);
    }
  }

  private static long failed(Throwable thrown) {
    try {
      LOG.error("the timer of the workers' waits failed; it goes on", thrown);
    } catch (Throwable again) {
      return AGAIN; // not even a line can be written: only going on is of use
    }
    return AGAIN;
  }

  private @Nullable WorkerLatch takeDue(long now) {
    WorkerLatch due = size == 0 ? null : first();
    if (due == null || due.wakeUp - now > 0) {
      return null;
    }
    remove(due);
    return due;
  }

  private WorkerLatch first() {
    return at(0);
  }

  private WorkerLatch at(int place) {
    WorkerLatch latch = heap[place];
    if (latch == null) {
      throw new IllegalStateException("no latch at %d of %d".formatted(place, size));
    }
    return latch;
  }

  private void remove(WorkerLatch latch) {
    int place = latch.place;
    WorkerLatch last = at(--size);
    heap[size] = null;
    if (last != latch) {
      down(last, place);
      up(last, last.place);
    }
    latch.place = -1;
    latch.wakeUp = NONE; // before its owner is woken, so that it tells the next
  }

  private void up(WorkerLatch latch, int from) {
    int place = from;
    while (place > 0) {
      WorkerLatch parent = at((place - 1) >>> 1);
      if (latch.wakeUp - parent.wakeUp >= 0) {
        break;
      }
      put(parent, place);
      place = (place - 1) >>> 1;
    }
    put(latch, place);
  }

  private void down(WorkerLatch latch, int from) {
    int place = from;
    for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && at(child + 1).wakeUp - at(child).wakeUp < 0) {
        child++;
      }
      WorkerLatch earlier = at(child);
      if (latch.wakeUp - earlier.wakeUp <= 0) {
        break;
      }
      put(earlier, place);
      place = child;
    }
    put(latch, place);
  }

  private void put(WorkerLatch latch, int place) {
    heap[place] = latch;
    latch.place = place;
  }
}
