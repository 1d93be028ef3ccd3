// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerStats;

/** What other requests than a launch take beside a crowd: a point of each curve. */
final class Curves {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int SAMPLES = 200;
  private static final int LISTS = 9;
  private static final int LOOK_UPS = 1_000_000;

  private final Functions functions;
  private final BackgroundWorkers workers;
  private final WorkerStats stats;
  private final Elsewhere elsewhere = new Elsewhere();
  private final int samples;
  private final int lookUps;

  Curves(Functions functions, BackgroundWorkers workers, Effort effort) {
    this.functions = functions;
    this.workers = workers;
    this.stats = functions.stats();
    samples = effort.samples(SAMPLES);
    lookUps = effort.samples(LOOK_UPS);
  }

  void warmUp(Crowd crowd) throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      lookUp(crowd);
      events();
      list(() -> {});
    }
  }

  /** Measures beside this crowd. */
  void measure(Figures figures, Crowd crowd) throws InterruptedException {
    int level = crowd.handles().size();
    add(figures, "restart", level, "us", Crashes.atOnce(functions, samples).micros(0.5));
    add(
        figures,
        "terminate",
        level,
        "us",
        TerminateBenchmark.terminated(functions, workers, samples).micros(0.5));
    add(figures, "list", level, "ms", list(() -> {}));
    add(figures, "list once", level, "ms", list(elsewhere::forget));
    add(figures, "lookup", level, "ns", lookUp(crowd));
    add(figures, "event", level, "us", events().micros(0.5));
  }

  private static void add(Figures figures, String what, int level, String unit, double value) {
    figures.add("curve %s at %d".formatted(what, level), unit, value);
  }

  /**
   * Returns how long it takes to list all workers, in milliseconds.
   *
   * @param before done each time before; over and over, a curve shows where a processor's caches
   *     end, after other work few workers are as far from it as many
   */
  private double list(Runnable before) throws InterruptedException {
    Timings timings =
        Timings.of(
            LISTS,
            () -> {
              before.run();
              long begun = System.nanoTime();
              int found = stats.workers().size();
              long taken = System.nanoTime() - begun;
              if (found == 0) {
                throw new IllegalStateException("there is no worker");
              }
              return taken;
            });
    return timings.micros(0.5) / 1_000;
  }

  private double lookUp(Crowd crowd) {
    return lookUp(workers, crowd.handles(), lookUps);
  }

  /** Returns how long it takes to find a worker by its id, in nanoseconds. */
  static double lookUp(
      BackgroundWorkers workers, List<BackgroundWorkerHandle> handles, int lookUps) {
    WorkerId[] ids = handles.stream().map(BackgroundWorkerHandle::id).toArray(WorkerId[]::new);
    int found = 0;
    int next = 0;
    long begun = System.nanoTime();
    for (int i = 0; i < lookUps; i++) {
      next = (next + 7_919) % ids.length; // a prime: all of them, in no order of memory
      if (workers.find(ids[next]).isPresent()) {
        found++;
      }
    }
    final double taken = System.nanoTime() - begun;
    if (found != lookUps) {
      throw new IllegalStateException("%d of %d workers were found".formatted(found, lookUps));
    }
    return taken / lookUps;
  }

  /** Returns how long it takes from a registration to a listener that is told of it. */
  private Timings events() throws InterruptedException {
    BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    WorkerStats.Subscription subscription =
        stats.subscribe(
            event -> {
              if (event.kind() == WorkerEvent.Kind.REGISTERED) {
                told.add(System.nanoTime());
              }
            });
    try {
      return Timings.of(samples, () -> event(told));
    } finally {
      subscription.close();
    }
  }

  private long event(BlockingQueue<Long> told) throws InterruptedException {
    long asked = System.nanoTime();
    BackgroundWorkerHandle handle = workers.registerDynamic(Functions.stamping());
    long taken = told.take() - asked;
    handle.awaitGone(LONG);
    return taken;
  }
}
