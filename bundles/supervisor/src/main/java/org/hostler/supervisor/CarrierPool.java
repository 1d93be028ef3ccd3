// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads for workers where there are no virtual ones; one that has ended a life waits a
 * while for the next.
 *
 * <p>Starting a thread costs about 100 µs, waking a parked one 15. A used thread may keep thread
 * locals of the code it ran, and those would pin that code's class loader: so a parked thread is
 * re-used only for the same class loader, that is, the same revision of the same bundle, and parked
 * threads of a bundle that goes are ended. Beside them one thread that has run nothing yet waits
 * for the first life of any bundle; the next one is started as soon as that life is under way.
 */
final class CarrierPool {
  private static final long KEEP = Duration.ofSeconds(10).toNanos();
  private static final int MOST_IDLE = 64;

  private final Map<ClassLoader, Deque<Carrier>> idle = new WeakHashMap<>();
  private int idleCount;
  private int made;
  private @Nullable Carrier unused;
  private boolean closed;

  /** Runs a life on a thread of its own. Returns at once. */
  void run(String name, WorkerLife life) {
    Carrier carrier = take(life.function().loader());
    if (carrier != null) {
      carrier.handOver(name, life);
      return;
    }
    Carrier fresh = takeUnused();
    if (fresh != null) {
      fresh.handOver(name, life);
    } else {
      fresh = new Carrier(name, life);
      fresh.thread.start(); // an OutOfMemoryError is the launch's failure (contract S5)
    }
    startUnused();
  }

  /** Ends the parked threads of a class loader whose bundle goes. */
  synchronized void drop(ClassLoader loader) {
    Deque<Carrier> carriers = idle.remove(loader);
    if (carriers != null) {
      idleCount -= carriers.size();
      carriers.forEach(Carrier::end);
    }
  }

  /** Ends all parked threads. */
  synchronized void close() {
    closed = true;
    if (unused != null) {
      unused.end();
      unused = null;
    }
    idle.values().forEach(carriers -> carriers.forEach(Carrier::end));
    idle.clear();
    idleCount = 0;
  }

  /** Returns how many threads wait for a life. */
  synchronized int idle() {
    return idleCount;
  }

  private synchronized @Nullable Carrier take(ClassLoader loader) {
    Deque<Carrier> carriers = idle.get(loader);
    Carrier carrier = carriers == null ? null : carriers.poll();
    if (carrier != null) {
      idleCount--;
    }
    return carrier;
  }

  private synchronized @Nullable Carrier takeUnused() {
    Carrier carrier = unused;
    unused = null;
    return carrier;
  }

  private void startUnused() {
    if (!isUnusedWanted()) {
      return;
    }
    Carrier carrier = null;
    boolean kept = false;
    try {
      carrier = new Carrier("hostler-carrier-unused", null);
      carrier.thread.start();
      kept = keepUnused(carrier);
    } catch (VirtualMachineError e) {
      // Of no concern to the life that is under way. The next launch says so if it still cannot be.
    } finally {
      if (carrier != null && !kept) {
        carrier.end();
      }
    }
  }

  private synchronized boolean isUnusedWanted() {
    return unused == null && !closed;
  }

  private synchronized boolean keepUnused(Carrier carrier) {
    if (!isUnusedWanted()) {
      return false;
    }
    unused = carrier;
    return true;
  }

  private synchronized boolean park(ClassLoader loader, Carrier carrier) {
    if (closed || idleCount >= MOST_IDLE) {
      return false;
    }
    idleCount++;
    idle.computeIfAbsent(loader, key -> new ArrayDeque<>()).push(carrier);
    return true;
  }

  /** Takes a carrier back whose time is over; false when somebody took it just before. */
  private synchronized boolean forget(ClassLoader loader, Carrier carrier) {
    Deque<Carrier> carriers = idle.get(loader);
    boolean mine = carriers != null && carriers.remove(carrier);
    if (mine) {
      idleCount--;
    }
    return mine;
  }

  private synchronized int nextNumber() {
    return ++made;
  }

  /** One platform thread and the life it is to run next. */
  private final class Carrier implements Runnable {
    private final Thread thread;
    private volatile @Nullable WorkerLife next;
    private volatile boolean ended;

    Carrier(String name, @Nullable WorkerLife first) {
      next = first;
      thread = HostThreads.daemon(name, this);
    }

    void handOver(String name, WorkerLife life) {
      thread.setName(name);
      next = life;
      LockSupport.unpark(thread);
    }

    void end() {
      ended = true;
      LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      int number = nextNumber();
      WorkerLife life = awaitFirst();
      while (life != null) {
        ClassLoader loader = life.function().loader();
        next = null;
        life.run();
        life = null; // nothing of the life is kept while it waits
        clean(number);
        if (park(loader, this)) {
          life = await(loader);
        }
      }
    }

    private @Nullable WorkerLife awaitFirst() {
      WorkerLife life = next;
      while (life == null && !ended) {
        LockSupport.park(this);
        Thread.interrupted(); // meant for nobody: it would not let this thread sleep
        life = next;
      }
      return life;
    }

    private void clean(int number) {
      Thread.interrupted();
      thread.setName("hostler-carrier-" + number);
      thread.setContextClassLoader(CarrierPool.class.getClassLoader());
      if (thread.getPriority() != Thread.NORM_PRIORITY) {
        thread.setPriority(Thread.NORM_PRIORITY);
      }
      thread.setUncaughtExceptionHandler(null);
    }

    private @Nullable WorkerLife await(ClassLoader loader) {
      long end = System.nanoTime() + KEEP;
      for (; ; ) {
        WorkerLife life = next;
        if (life != null) {
          return life;
        }
        long left = end - System.nanoTime();
        if (ended || (left <= 0 && forget(loader, this))) {
          return null;
        }
        LockSupport.parkNanos(this, left <= 0 ? KEEP : left); // taken: its life is on the way
        Thread.interrupted(); // meant for an earlier life
      }
    }
  }
}
