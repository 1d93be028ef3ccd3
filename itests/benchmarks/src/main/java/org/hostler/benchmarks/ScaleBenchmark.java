// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hostler.benchmarks.Stopwatch.Starter;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;

/**
 * What workers that live cost the others: memory for each of them, and the time of a launch beside
 * them, at several numbers of live workers in turn.
 */
final class ScaleBenchmark implements InHost {
  private static final int WARM_UP = 20_000;
  private static final int APART = 500;
  private static final int BACK_TO_BACK = 5_000;
  private static final Duration LONG = Duration.ofSeconds(120);
  private static final double MEGABYTE = 1 << 20;

  private final int rounds;
  private final int[] levels;
  private final Rounds figures = new Rounds();
  private final Deque<BackgroundWorkerHandle> alive = new ArrayDeque<>();

  /**
   * Makes it.
   *
   * @param levels the numbers of live workers, separated by commas
   */
  ScaleBenchmark(int rounds, String levels) {
    this.rounds = rounds;
    this.levels = Arrays.stream(levels.split(",")).mapToInt(Integer::parseInt).toArray();
    Arrays.sort(this.levels);
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws InterruptedException, IOException {
    int most = levels[levels.length - 1];
    memory("fresh host", functions, workers, most, out);
    Stopwatch watch = functions.watch();
    Starter launching = functions.launching();
    watch.backToBack(WARM_UP, launching);
    for (int round = 0; round < rounds; round++) {
      for (int level : levels) {
        fill(functions, workers, level);
        figures.add(
            level + " live: register -> main, 1 ms apart",
            watch.apart(APART, launching, new long[APART]));
        figures.add(
            level + " live: register -> main, back to back",
            watch.backToBack(BACK_TO_BACK, launching));
      }
      drain(functions);
    }
    memory("the same host later", functions, workers, most, out);
    report(out);
  }

  /**
   * Fills the host and empties it again. In a host that has not run anything else yet the workers'
   * stacks are an interpreter's, three times as large as those of compiled code.
   */
  private void memory(
      String where, Functions functions, BackgroundWorkers workers, int most, PrintStream out)
      throws InterruptedException, IOException {
    Memory empty = Memory.now();
    long begun = System.nanoTime();
    fill(functions, workers, most);
    double seconds = (System.nanoTime() - begun) / 1e9;
    Memory full = Memory.now();
    out.printf(
        Locale.ROOT,
        "scale, Java %s, %s: %d workers live after %.2f s%n"
            + "  resident %.0f MB -> %.0f MB: %.0f MB more, %.2f kB each%n"
            + "  heap in use %.0f MB -> %.0f MB: %.2f kB each%n",
        Runtime.version(),
        where,
        most,
        seconds,
        empty.resident() / MEGABYTE,
        full.resident() / MEGABYTE,
        (full.resident() - empty.resident()) / MEGABYTE,
        (full.resident() - empty.resident()) / 1_024.0 / most,
        empty.heap() / MEGABYTE,
        full.heap() / MEGABYTE,
        (full.heap() - empty.heap()) / 1_024.0 / most);
    out.flush();
    drain(functions);
  }

  private void fill(Functions functions, BackgroundWorkers workers, int level)
      throws InterruptedException {
    while (alive.size() < level) {
      alive.add(workers.registerDynamic(Functions.staying(alive.size())));
    }
    await(functions, level);
  }

  private void drain(Functions functions) throws InterruptedException {
    alive.forEach(BackgroundWorkerHandle::terminate);
    for (BackgroundWorkerHandle handle : alive) {
      handle.awaitGone(LONG);
    }
    alive.clear();
    await(functions, 0);
  }

  private static void await(Functions functions, int level) {
    long end = System.nanoTime() + LONG.toNanos();
    while (functions.alive() != level) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%d workers are alive instead of %d".formatted(functions.alive(), level));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private void report(PrintStream out) {
    out.print(figures.table("us"));
    int few = levels[0];
    int most = levels[levels.length - 1];
    for (String how : new String[] {"1 ms apart", "back to back"}) {
      out.printf(
          "  p50 at %d live / p50 at %d live, %s: %s%n",
          most,
          few,
          how,
          figures.ratio(
              most + " live: register -> main, " + how + " p50",
              few + " live: register -> main, " + how + " p50"));
    }
    out.flush();
  }
}
