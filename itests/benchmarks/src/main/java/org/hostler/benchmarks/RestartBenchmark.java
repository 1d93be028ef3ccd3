// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerExit;

/**
 * From the end of a life with status 1 to the code of the next: at once, after a delay, many at the
 * same time; and how many restarts of one worker a second holds.
 */
final class RestartBenchmark implements InHost {
  private static final int MANY = 100_000;
  private static final int AT_ONCE = 1_000;
  private static final int STORM = 10_000;
  private static final Duration DELAY = Duration.ofMillis(50);
  private static final int WORKERS = 20;

  private final Effort effort;

  RestartBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws InterruptedException {
    Figures figures = new Figures(out);
    Crashes.atOnce(functions, effort.samples(AT_ONCE));
    rate(functions);
    int storms = effort.many(STORM);
    int many = Math.min(effort.most(), effort.samples(MANY));
    Storm.of(functions, effort.quick() ? storms / 10 : storms); // warms up
    for (int round = 0; round < effort.rounds(); round++) {
      int count = effort.samples(AT_ONCE);
      figures.add("restart at-once", Crashes.atOnce(functions, count));
      lateness(figures, functions);
      figures.add("restarts 1", "/s", rate(functions));
      try (Crowd crowd = new Crowd(functions, workers)) {
        crowd.fill(1_000);
        figures.add(
            "restart at-once at 1000 p50", "us", Crashes.atOnce(functions, count).micros(0.5));
        crowd.fill(many);
        figures.add("restarts " + many, "/s", rate(functions));
      }
      if (round == 0 || !effort.quick()) {
        Timings storm = Storm.of(functions, storms);
        figures.add("restart lateness %d p99".formatted(storms), "us", storm.micros(0.99));
        figures.add("restart lateness %d max".formatted(storms), "us", storm.micros(1));
      }
    }
  }

  /** Workers with a delay, each due at another time. */
  private void lateness(Figures figures, Functions functions) throws InterruptedException {
    List<Crashes> all = new ArrayList<>();
    for (int number = 0; number < WORKERS; number++) {
      Crashes crashes = new Crashes(effort.samples(50), DELAY, Duration.ZERO);
      functions.act(number, crashes, crashes.policy());
      all.add(crashes);
      LockSupport.parkNanos(DELAY.dividedBy(WORKERS).toNanos());
    }
    long[] late = new long[0];
    for (Crashes crashes : all) {
      late = joined(late, crashes.await().sorted());
    }
    Timings timings = new Timings(late);
    figures.add("restart lateness", timings);
    figures.add("restart lateness max", "us", timings.micros(1));
  }

  private static long[] joined(long[] a, long[] b) {
    return LongStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }

  /** Returns how many restarts of one worker there are in a second. */
  private double rate(Functions functions) throws InterruptedException {
    AtomicLong lives = new AtomicLong();
    CountDownLatch done = new CountDownLatch(1);
    long begun = System.nanoTime();
    long end = begun + effort.span().toNanos();
    functions.act(
        0,
        context -> {
          lives.incrementAndGet();
          if (System.nanoTime() < end) {
            throw WorkerExit.with(1);
          }
          done.countDown();
        },
        RestartPolicy.after(Duration.ZERO));
    done.await();
    return (lives.get() - 1) * 1e9 / (System.nanoTime() - begun);
  }
}
