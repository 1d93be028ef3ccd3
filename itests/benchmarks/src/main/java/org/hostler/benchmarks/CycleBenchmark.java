// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import org.hostler.benchmarks.Stopwatch.End;
import org.hostler.benchmarks.Stopwatch.Starter;
import org.hostler.worker.BackgroundWorkers;

/**
 * How many workers a second are registered, run, end with status 0 and are seen to be gone, with
 * one or 64 of them under way; beside it bare threads that are started and joined.
 */
final class CycleBenchmark implements InHost {
  private static final int[] OUTSTANDING = {1, 64};

  private final Effort effort;

  CycleBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws InterruptedException {
    Figures figures = new Figures(out);
    Starter launching = functions.launching();
    Starter bare =
        BareThreads.haveVirtual()
            ? BareThreads.virtual(functions.watch())
            : BareThreads.platform(functions.watch());
    for (int outstanding : OUTSTANDING) { // warms up
      rate(launching, outstanding);
      rate(bare, outstanding);
    }
    for (int round = 0; round < effort.rounds(); round++) {
      for (int outstanding : OUTSTANDING) {
        figures.add("cycles " + outstanding, "/s", rate(launching, outstanding));
        figures.add("bare cycles " + outstanding, "/s", rate(bare, outstanding));
      }
    }
  }

  private double rate(Starter starter, int outstanding) throws InterruptedException {
    End[] ends = new End[outstanding];
    for (int i = 0; i < outstanding; i++) {
      ends[i] = starter.start();
    }
    long begun = System.nanoTime();
    long end = begun + effort.span().toNanos();
    int count = 0;
    while (System.nanoTime() < end) {
      int oldest = count++ % outstanding;
      ends[oldest].await();
      ends[oldest] = starter.start();
    }
    final double rate = count * 1e9 / (System.nanoTime() - begun);
    for (End last : ends) {
      last.await();
    }
    return rate;
  }
}
