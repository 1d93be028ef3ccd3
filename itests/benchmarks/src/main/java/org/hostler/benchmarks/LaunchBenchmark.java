// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hostler.benchmarks.Stopwatch.Starter;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;

/**
 * From the call of {@code registerDynamic} to the worker's code, launches one millisecond apart and
 * back to back, and to what its handle says; beside it what bare threads of the same JVM need, in
 * turn.
 */
final class LaunchBenchmark implements InHost {
  private static final int WARM_UP = 20_000;
  private static final int APART = 1_000;
  private static final int BACK_TO_BACK = 5_000;
  private static final int STARTED = 2_000;
  private static final int NEW_THREADS = 200;

  /** More threads than the measurements before can have left parked. */
  private static final int PARKED_AT_MOST = 200;

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int ROWS = 100;
  private static final int ROW = 64;

  private final Effort effort;

  LaunchBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws InterruptedException {
    Figures counted = new Figures(out);
    Stopwatch watch = functions.watch();
    Starter launching = functions.launching();
    warmUp(watch, launching);
    started(functions, WARM_UP / 10);
    inRow(launching, ROWS);
    for (int round = effort.firstRound(); round < effort.rounds(); round++) {
      Figures figures = counted.counting(round >= 0);
      figures.add("register call idle", measure(figures, watch, "launch apart", launching, true));
      figures.add(
          "register call", measure(figures, watch, "launch back-to-back", launching, false));
      figures.add("register to started", started(functions, effort.samples(STARTED)));
      figures.add("register call in a row", inRow(launching, effort.samples(ROWS)));
      if (BareThreads.haveVirtual()) {
        bare(figures, watch, "bare virtual", BareThreads.virtual(watch));
      }
      bare(figures, watch, "bare platform", BareThreads.platform(watch));
      try (BareThreads.Parked parked = new BareThreads.Parked(watch)) {
        measure(figures, watch, "bare parked apart", parked, true);
      }
    }
    if (!BareThreads.haveVirtual()) {
      newThreads(counted, functions, workers);
    }
  }

  /**
   * Launches workers that stay: once the parked threads are used up, each takes the one that is
   * kept ready, and the call starts the next.
   */
  private void newThreads(Figures figures, Functions functions, BackgroundWorkers workers)
      throws InterruptedException {
    Stopwatch watch = functions.watch();
    AtomicBoolean stay = new AtomicBoolean();
    functions.connecting(
        context -> {
          watch.enter();
          if (stay.get()) {
            Functions.untilTold(context);
          }
        });
    BackgroundWorker passing = Functions.connecting(0);
    watch.backToBack( // warms up what runs in them, as what the bare threads run is
        WARM_UP, () -> ending(workers.registerDynamic(passing)), new long[WARM_UP]);
    stay.set(true);
    List<BackgroundWorkerHandle> staying = new ArrayList<>();
    Starter launching =
        () -> {
          staying.add(workers.registerDynamic(Functions.connecting(staying.size())));
          return () -> {};
        };
    watch.apart(PARKED_AT_MOST, launching, new long[PARKED_AT_MOST]);
    for (int round = 0; round < effort.rounds(); round++) {
      int count = effort.samples(NEW_THREADS);
      long[] calls = new long[count];
      figures.add("launch new thread", watch.apart(count, launching, calls));
      figures.add("register call new thread", new Timings(calls));
    }
    staying.forEach(BackgroundWorkerHandle::terminate);
    for (BackgroundWorkerHandle handle : staying) {
      handle.awaitGone(LONG);
    }
  }

  private static Stopwatch.End ending(BackgroundWorkerHandle handle) {
    return () -> handle.awaitGone(LONG);
  }

  private static void warmUp(Stopwatch watch, Starter launching) throws InterruptedException {
    watch.backToBack(WARM_UP, launching, new long[WARM_UP]);
    watch.apart(APART, launching, new long[APART]);
    if (BareThreads.haveVirtual()) {
      watch.backToBack(WARM_UP, BareThreads.virtual(watch), new long[WARM_UP]);
    }
  }

  private void bare(Figures figures, Stopwatch watch, String name, Starter starter)
      throws InterruptedException {
    measure(figures, watch, name + " apart", starter, true);
    measure(figures, watch, name + " back-to-back", starter, false);
  }

  /** Says how long it takes until what is started runs, and returns how long the calls took. */
  private Timings measure(
      Figures figures, Stopwatch watch, String name, Starter starter, boolean apart)
      throws InterruptedException {
    int count = effort.samples(apart ? APART : BACK_TO_BACK);
    long[] calls = new long[count];
    figures.add(
        name, apart ? watch.apart(count, starter, calls) : watch.backToBack(count, starter, calls));
    return new Timings(calls);
  }

  /** From the call to a handle that says the worker is started; one worker at a time. */
  private static Timings started(Functions functions, int count) throws InterruptedException {
    return Timings.of(count, functions::startedAndEnded);
  }

  /** The calls alone, each right after the one before while the workers of both are under way. */
  private static Timings inRow(Starter launching, int rows) throws InterruptedException {
    long[] calls = new long[rows * ROW];
    Stopwatch.End[] ends = new Stopwatch.End[ROW];
    for (int call = 0; call < calls.length; call++) {
      long asked = System.nanoTime();
      ends[call % ROW] = launching.start();
      calls[call] = System.nanoTime() - asked;
      if (call % ROW == ROW - 1) {
        for (Stopwatch.End end : ends) {
          end.await();
        }
      }
    }
    return new Timings(calls);
  }
}
