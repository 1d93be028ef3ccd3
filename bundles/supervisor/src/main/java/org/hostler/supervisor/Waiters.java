// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for something to happen to a worker, or to the table.
 *
 * <p>A worker nobody waits for costs nothing here. A waiter registers first, then looks, then
 * parks, so that no change is lost; it is woken after the baton is released and looks again.
 */
final class Waiters {
  /** The key of those who wait for a change of any worker. */
  static final int ANY = -1;

  private final Map<Integer, List<Runnable>> waiters = new ConcurrentHashMap<>();
  private final Spin spin = new Spin();

  /**
   * Waits until a condition holds, on the calling thread.
   *
   * @param slot whose changes may make it true, or {@link #ANY}
   * @param done the condition
   * @param nanos how long to wait at most
   * @param check run before each park; what it throws ends the wait
   * @return whether the condition holds
   */
  boolean await(int slot, BooleanSupplier done, long nanos, Runnable check)
      throws InterruptedException {
    if (done.getAsBoolean() || (slot != ANY && nanos > 0 && spin.until(done))) {
      return true;
    }
    Thread thread = Thread.currentThread();
    AtomicBoolean woken = new AtomicBoolean();
    Runnable wake =
        () -> {
          woken.set(true);
          LockSupport.unpark(thread);
        };
    add(slot, wake);
    try {
      long end = System.nanoTime() + nanos;
      for (; ; ) {
        woken.set(false); // a flag, since the condition may wait for a lock and use up the permit
        if (done.getAsBoolean()) {
          return true;
        }
        check.run();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        if (!woken.get()) {
          LockSupport.parkNanos(this, left);
        }
      }
    } finally {
      remove(slot, wake);
    }
  }

  /**
   * Returns a future that completes when a value is there.
   *
   * @param slot whose changes may make it be there
   * @param value the value, or null while it is not there
   * @param executor where the future's dependents run: they are foreign code
   */
  <T> CompletableFuture<T> future(int slot, Supplier<@Nullable T> value, Executor executor) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Runnable look =
        new Runnable() {
          @Override
          public void run() {
            T found = value.get();
            if (found != null && !future.isDone()) {
              Waiters.this.remove(slot, this);
              future.completeAsync(() -> found, executor);
            }
          }
        };
    add(slot, look);
    look.run();
    return future;
  }

  private boolean isEmpty() {
    return waiters.isEmpty();
  }

  /** Returns of how many slots somebody waits for a change. */
  int size() {
    return waiters.size();
  }

  /** Wakes those who wait for one of these slots, and those who wait for any. */
  void wake(Collection<Integer> slots) {
    if (isEmpty()) {
      return;
    }
    for (Integer slot : slots) {
      run(slot);
    }
    run(ANY);
  }

  private void run(int slot) {
    List<Runnable> list = waiters.get(slot);
    if (list != null) {
      new ArrayList<>(list).forEach(Runnable::run);
    }
  }

  private void add(int slot, Runnable waiter) {
    waiters.compute(
        slot,
        (key, list) -> {
          List<Runnable> added = list == null ? new CopyOnWriteArrayList<>() : list;
          added.add(waiter);
          return added;
        });
  }

  private void remove(int slot, Runnable waiter) {
    waiters.computeIfPresent(
        slot,
        (key, list) -> {
          list.remove(waiter);
          return list.isEmpty() ? null : list;
        });
  }
}
