// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.HandleStatus;

/**
 * From the call of {@code terminate} on a worker that waits on its latch to its shutdown seen: as
 * soon as it waits, and a millisecond later, when both processors have gone to sleep.
 */
final class TerminateBenchmark implements InHost {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int COUNT = 1_000;

  /** The 99th percentile is five times as large in a host's first two rounds. */
  private static final int WARM_UPS = 5;

  private static final long SOON = TimeUnit.MICROSECONDS.toNanos(20);
  private static final long LATER = TimeUnit.MILLISECONDS.toNanos(1);

  private final Effort effort;

  TerminateBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws InterruptedException {
    Figures figures = new Figures(out);
    functions
        .watch()
        .backToBack(10 * COUNT, functions.launching(), new long[10 * COUNT]); // warms up
    for (int i = 0; i < (effort.quick() ? 1 : WARM_UPS); i++) {
      terminated(functions, workers, COUNT);
    }
    for (int round = 0; round < effort.rounds(); round++) {
      int count = effort.samples(COUNT);
      figures.add("terminate", terminated(functions, workers, count));
      figures.add(
          "terminate apart", Timings.of(count, () -> terminated(functions, workers, LATER)));
    }
  }

  /** Starts and ends workers, one at a time. */
  static Timings terminated(Functions functions, BackgroundWorkers workers, int count)
      throws InterruptedException {
    return Timings.of(count, () -> terminated(functions, workers, SOON));
  }

  private static long terminated(Functions functions, BackgroundWorkers workers, long after)
      throws InterruptedException {
    final int others = functions.alive();
    BackgroundWorkerHandle handle = workers.registerDynamic(Functions.staying(0));
    handle.awaitStartup(LONG);
    do { // it is about to wait, and then waits
      LockSupport.parkNanos(after);
    } while (functions.alive() == others);
    long asked = System.nanoTime();
    handle.terminate();
    HandleStatus status = handle.awaitShutdown(LONG);
    final long taken = System.nanoTime() - asked;
    if (status != HandleStatus.STOPPED) {
      throw new IllegalStateException("the worker is %s instead of stopped".formatted(status));
    }
    handle.awaitGone(LONG);
    return taken;
  }
}
