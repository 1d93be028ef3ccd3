// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import org.hostler.benchmarks.Stopwatch.Starter;
import org.hostler.worker.BackgroundWorkers;

/**
 * The time of a launch beside few and very many live workers, launches one millisecond apart, on
 * one processor. With more of them it is decided by how deep the other one sleeps, which changes
 * from minute to minute by more than what the workers that live can cost.
 */
final class PinnedScaleBenchmark implements InHost {
  private static final int MANY = 100_000;
  private static final int WARM_UP = 20_000;
  private static final int APART = 500;
  private static final int FEW = 10;

  private final Effort effort;

  PinnedScaleBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws InterruptedException {
    Stopwatch watch = functions.watch();
    Starter launching = functions.launching();
    int warmUp = effort.samples(WARM_UP);
    watch.backToBack(warmUp, launching, new long[warmUp]);
    Figures figures = new Figures(out);
    int count = effort.samples(APART);
    int many = Math.min(effort.most(), effort.samples(MANY));
    if (!effort.quick()) { // or the few would be beside colder code than the many after them
      try (Crowd crowd = new Crowd(functions, workers)) {
        crowd.fill(many);
      }
      watch.apart(count, launching, new long[count]);
    }
    for (int round = 0; round < effort.rounds(); round++) {
      try (Crowd crowd = new Crowd(functions, workers)) {
        for (int level : new int[] {FEW, many}) {
          crowd.fill(level);
          Memory.liveHeap(); // so that what the filling left is not collected meanwhile
          Timings timings = watch.apart(count, launching, new long[count]);
          String name = "launch apart on one processor at %d p50".formatted(level);
          figures.add(name, "us", timings.micros(0.5));
        }
      }
    }
  }
}
