// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;

/** Workers that wait on their latches, beside which something is measured. */
final class Crowd implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(120);

  private final Functions functions;
  private final BackgroundWorkers workers;
  private final IntFunction<BackgroundWorker> worker;
  private final ArrayList<BackgroundWorkerHandle> alive = new ArrayList<>();

  Crowd(Functions functions, BackgroundWorkers workers) {
    this(functions, workers, Functions::staying);
  }

  /**
   * Makes it.
   *
   * @param worker the worker of a number, from 0 on; it counts as {@link Functions#alive()}
   */
  Crowd(Functions functions, BackgroundWorkers workers, IntFunction<BackgroundWorker> worker) {
    this.functions = functions;
    this.workers = workers;
    this.worker = worker;
  }

  /** Takes the memory for its own list of so many workers. */
  void reserve(int level) {
    alive.ensureCapacity(level);
  }

  /**
   * Registers workers until there are so many, and waits until the code of all of them runs.
   *
   * @return how long that took, in milliseconds
   */
  double fill(int level) {
    long begun = System.nanoTime();
    while (alive.size() < level) {
      alive.add(workers.registerDynamic(worker.apply(alive.size())));
    }
    await(level);
    return (System.nanoTime() - begun) / 1e6;
  }

  /**
   * Does the same, waiting for the start of each before the next is registered.
   *
   * @return how long that took, in milliseconds
   */
  double fillOneByOne(int level) throws InterruptedException {
    long begun = System.nanoTime();
    while (alive.size() < level) {
      BackgroundWorkerHandle handle = workers.registerDynamic(worker.apply(alive.size()));
      handle.awaitStartup(LONG);
      alive.add(handle);
    }
    await(level);
    return (System.nanoTime() - begun) / 1e6;
  }

  /** Returns the handles of those that live; valid until the next change. */
  List<BackgroundWorkerHandle> handles() {
    return alive;
  }

  /** Ends all, and waits until they are gone. */
  @Override
  public void close() {
    alive.forEach(BackgroundWorkerHandle::terminate);
    try {
      for (BackgroundWorkerHandle handle : alive) {
        handle.awaitGone(LONG);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while workers end", e);
    }
    alive.clear();
    await(0);
  }

  private void await(int level) {
    long end = System.nanoTime() + LONG.toNanos();
    while (functions.alive() != level) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%d workers are alive instead of %d".formatted(functions.alive(), level));
      }
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
    }
  }
}
