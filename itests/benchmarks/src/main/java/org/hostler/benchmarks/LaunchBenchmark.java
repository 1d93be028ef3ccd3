// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import java.util.Locale;
import org.hostler.benchmarks.Stopwatch.Starter;
import org.hostler.worker.BackgroundWorkers;
import org.jspecify.annotations.Nullable;

/**
 * From the call of {@code registerDynamic} to the worker's code, launches one millisecond apart and
 * back to back; beside it what bare threads of the same JVM need, in turn.
 */
final class LaunchBenchmark implements InHost {
  private static final int WARM_UP = 20_000;
  private static final int APART = 1_000;
  private static final int BACK_TO_BACK = 5_000;
  private static final String LAUNCH = "register -> main, 1 ms apart";
  private static final String CALL = "register call, 1 ms apart";
  private static final String CYCLE = "register -> main, back to back";

  private final int rounds;
  private final Rounds figures = new Rounds();

  LaunchBenchmark(int rounds) {
    this.rounds = rounds;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws InterruptedException {
    Stopwatch watch = functions.watch();
    Starter launching = functions.launching();
    warmUp(watch, launching);
    for (int round = 0; round < rounds; round++) {
      long[] calls = new long[APART];
      figures.add(LAUNCH, watch.apart(APART, launching, calls));
      figures.add(CALL, new Timings(calls));
      figures.add(CYCLE, watch.backToBack(BACK_TO_BACK, launching));
      bare("virtual thread", watch, BareThreads.haveVirtual() ? BareThreads.virtual(watch) : null);
      bare("new platform thread", watch, BareThreads.platform(watch));
      try (BareThreads.Parked parked = new BareThreads.Parked(watch)) {
        figures.add("bare parked thread, 1 ms apart", watch.apart(APART, parked, new long[APART]));
      }
    }
    report(out);
  }

  private static void warmUp(Stopwatch watch, Starter launching) throws InterruptedException {
    watch.backToBack(WARM_UP, launching);
    watch.apart(APART, launching, new long[APART]);
    if (BareThreads.haveVirtual()) {
      watch.backToBack(WARM_UP, BareThreads.virtual(watch));
    }
  }

  private void bare(String name, Stopwatch watch, @Nullable Starter starter)
      throws InterruptedException {
    if (starter != null) {
      figures.add("bare " + name + ", 1 ms apart", watch.apart(APART, starter, new long[APART]));
      figures.add("bare " + name + ", back to back", watch.backToBack(BACK_TO_BACK, starter));
    }
  }

  private void report(PrintStream out) {
    out.printf(
        "launch, Java %s, %d processors; microseconds, median of the rounds (range, rounds)%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors());
    out.print(figures.table("us"));
    String anchor = BareThreads.haveVirtual() ? "bare virtual thread" : "bare parked thread";
    out.printf(
        Locale.ROOT,
        "  launch / %s, 1 ms apart: %s p50, %s p99%n",
        anchor,
        figures.ratio(LAUNCH + " p50", anchor + ", 1 ms apart p50"),
        figures.ratio(LAUNCH + " p99", anchor + ", 1 ms apart p99"));
    out.flush();
  }
}
