// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import java.util.function.IntFunction;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkers;

/**
 * Bytes of live objects for each of a thousand workers whose function is one object for all of
 * them, and of a thousand for each of which the framework makes one.
 */
final class PrototypeBenchmark implements InHost {
  private static final int COUNT = 1_000;
  private static final int WARM_UP = 3;

  private final Effort effort;

  PrototypeBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out) {
    Figures figures = new Figures(out);
    for (int round = -WARM_UP; round < effort.rounds(); round++) {
      double singleton = each(functions, workers, Functions::staying);
      double prototype = each(functions, workers, Functions::stayingPrototype);
      if (round >= 0) {
        figures.add("memory singleton each", "bytes", singleton);
        figures.add("memory prototype each", "bytes", prototype);
      }
    }
  }

  private static double each(
      Functions functions, BackgroundWorkers workers, IntFunction<BackgroundWorker> worker) {
    try (Crowd crowd = new Crowd(functions, workers, worker)) {
      crowd.reserve(COUNT);
      long empty = Memory.liveHeap();
      crowd.fill(COUNT);
      return (Memory.liveHeap() - empty) / (double) COUNT;
    }
  }
}
