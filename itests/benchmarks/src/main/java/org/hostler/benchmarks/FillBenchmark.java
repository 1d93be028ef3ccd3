// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import java.util.stream.IntStream;
import org.hostler.worker.BackgroundWorkers;

/**
 * How long it takes from the first registration until the code of 5,000 and of 100,000 workers
 * runs, all registered at once; the same with each registered only when the one before is started;
 * beside it as many bare threads.
 */
final class FillBenchmark implements InHost {
  private static final int WARM_UP = 20_000;
  private static final int[] NUMBERS = {5_000, 100_000};

  private final Effort effort;

  FillBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws InterruptedException {
    functions.watch().backToBack(WARM_UP, functions.launching(), new long[WARM_UP]);
    Figures figures = new Figures(out);
    int[] numbers = IntStream.of(NUMBERS).filter(number -> number <= effort.most()).toArray();
    for (int round = 0; round < effort.rounds(); round++) {
      try (Crowd crowd = new Crowd(functions, workers)) {
        figures.add("fill one by one 5000", "ms", crowd.fillOneByOne(NUMBERS[0]));
      }
      for (int number : numbers) {
        try (Crowd crowd = new Crowd(functions, workers)) {
          figures.add("fill " + number, "ms", crowd.fill(number));
        }
        try (BareCrowd crowd = new BareCrowd(BareThreads.haveVirtual())) {
          figures.add("bare fill " + number, "ms", crowd.fill(number));
        }
      }
    }
  }
}
