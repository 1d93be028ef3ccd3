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
    int warmUp = effort.samples(WARM_UP);
    functions.watch().backToBack(warmUp, functions.launching(), new long[warmUp]);
    Figures counted = new Figures(out);
    int[] numbers =
        IntStream.of(NUMBERS).map(effort::many).filter(number -> number <= effort.most()).toArray();
    for (int round = effort.firstRound(); round < effort.rounds(); round++) {
      Figures figures = counted.counting(round >= 0);
      try (Crowd crowd = new Crowd(functions, workers)) {
        int few = effort.many(NUMBERS[0]);
        figures.add("fill one by one " + few, "ms", crowd.fillOneByOne(few));
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
