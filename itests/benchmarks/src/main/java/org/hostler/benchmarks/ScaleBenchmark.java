// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import org.hostler.benchmarks.Stopwatch.Starter;
import org.hostler.worker.BackgroundWorkers;

/**
 * What workers that live cost the others: the time of a launch beside them, and the curves, at
 * several numbers of live workers in turn.
 */
final class ScaleBenchmark implements InHost {
  private static final int WARM_UP = 20_000;
  private static final int APART = 500;
  private static final int BACK_TO_BACK = 5_000;

  private final Effort effort;

  ScaleBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws Exception {
    int warmUp = effort.samples(WARM_UP);
    functions.watch().backToBack(warmUp, functions.launching(), new long[warmUp]);
    Figures figures = new Figures(out);
    Curves curves = new Curves(functions, workers, effort);
    if (!effort.quick()) { // or the few would be beside colder code than the many after them
      try (Crowd crowd = new Crowd(functions, workers)) {
        crowd.fill(effort.most());
      }
    }
    try (Crowd crowd = new Crowd(functions, workers)) {
      crowd.fill(10);
      curves.warmUp(crowd);
      launches(figures.counting(false), functions, 10);
      curves.measure(figures.counting(false), crowd);
    }
    for (int round = 0; round < effort.rounds(); round++) {
      try (Crowd crowd = new Crowd(functions, workers)) {
        for (int level : effort.levels()) {
          fill(figures, crowd, level);
          launches(figures, functions, level);
          curves.measure(figures, crowd);
        }
      }
    }
  }

  /** Fills up to a level, and says what each of those that came took of the heap. */
  private static void fill(Figures figures, Crowd crowd, int level) {
    crowd.reserve(level);
    int before = crowd.handles().size();
    long empty = Memory.liveHeap();
    crowd.fill(level);
    long full = Memory.liveHeap();
    if (full > empty) { // else so few workers are lost in what else happens
      figures.add("curve memory at " + level, "bytes", (full - empty) / (double) (level - before));
    }
  }

  private void launches(Figures figures, Functions functions, int level)
      throws InterruptedException {
    Stopwatch watch = functions.watch();
    Starter launching = functions.launching();
    int apart = effort.samples(APART);
    Timings slow = watch.apart(apart, launching, new long[apart]);
    figures.add("launch apart at %d p50".formatted(level), "us", slow.micros(0.5));
    int backToBack = effort.samples(BACK_TO_BACK);
    Timings fast = watch.backToBack(backToBack, launching, new long[backToBack]);
    figures.add("launch back-to-back at %d p50".formatted(level), "us", fast.micros(0.5));
    figures.add("curve launch at " + level, "us", fast.micros(0.5));
    if (!BareThreads.haveVirtual()) {
      Timings bare = watch.apart(apart, BareThreads.platform(watch), new long[apart]);
      figures.add("bare platform start at %d p50".formatted(level), "us", bare.micros(0.5));
    }
  }
}
