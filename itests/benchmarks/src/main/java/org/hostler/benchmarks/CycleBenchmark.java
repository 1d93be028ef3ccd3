// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hostler.benchmarks.Stopwatch.End;
import org.hostler.benchmarks.Stopwatch.Starter;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.RestartPolicy;

/**
 * How many workers a second are registered, run, end with status 0 and are seen to be gone, with
 * one or 64 of them under way. A worker registers them, as a process of the server does there, and
 * beside it any other thread; and that one starts and joins bare threads.
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
      byWorker(functions, launching, outstanding);
      rate(launching, outstanding);
      rate(bare, outstanding);
    }
    for (int round = 0; round < effort.rounds(); round++) {
      for (int outstanding : OUTSTANDING) {
        figures.add("cycles " + outstanding, "/s", byWorker(functions, launching, outstanding));
        figures.add("cycles by others " + outstanding, "/s", rate(launching, outstanding));
        figures.add("bare cycles " + outstanding, "/s", rate(bare, outstanding));
      }
    }
  }

  private double byWorker(Functions functions, Starter starter, int outstanding) {
    CompletableFuture<Double> rate = new CompletableFuture<>();
    functions.act(
        0,
        context -> {
          try {
            rate.complete(rate(starter, outstanding));
          } catch (RuntimeException | InterruptedException e) {
            rate.completeExceptionally(e);
            throw e;
          }
        },
        RestartPolicy.never());
    return rate.orTimeout(1, TimeUnit.MINUTES).join();
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
