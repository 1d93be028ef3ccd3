// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.Latch;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerContext;

/**
 * Two workers that set each other's latch in turn, and wait for it without a time-out, as
 * PostgreSQL's do there, and with one; beside it two bare threads that unpark each other. It means
 * something on one processor only: a wake-up on another one costs ten times as much, whatever
 * wakes.
 */
final class LatchBenchmark implements InHost {
  private static final int WARM_UP = 50_000;
  private static final int COUNT = 200_000;
  private static final int WARM_UPS = 4;

  /** One in ten takes half as long again, whatever wakes: the median of so many makes a figure. */
  private static final int RALLIES = 5;

  private static final Duration COMPILING = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Effort effort;

  LatchBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws InterruptedException {
    Figures figures = new Figures(out);
    String kind = BareThreads.haveVirtual() ? " virtual" : "";
    warmUp(functions);
    int rallies = effort.quick() ? 1 : RALLIES;
    for (int round = 0; round < effort.rounds(); round++) {
      double[] latch = new double[rallies];
      double[] timed = new double[rallies];
      double[] platform = new double[rallies];
      double[] virtual = new double[rallies];
      for (int rally = 0; rally < rallies; rally++) { // in turn, so that all share what disturbs
        latch[rally] = ofWorkers(functions, false);
        timed[rally] = ofWorkers(functions, true);
        platform[rally] = ofThreads(false);
        virtual[rally] = BareThreads.haveVirtual() ? ofThreads(true) : 0;
      }
      figures.add("latch round-trip" + kind, "us", median(latch));
      figures.add("latch round-trip timed" + kind, "us", median(timed));
      figures.add("bare park round-trip", "us", median(platform));
      if (BareThreads.haveVirtual()) {
        figures.add("bare park round-trip virtual", "us", median(virtual));
      }
    }
  }

  private static double median(double[] times) {
    return Arrays.stream(times).sorted().toArray()[times.length / 2];
  }

  /** The compiler shares the one processor, so it gets time of its own between the rallies. */
  private void warmUp(Functions functions) throws InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      ofWorkers(functions, false);
      ofWorkers(functions, true);
      ofThreads(BareThreads.haveVirtual());
      LockSupport.parkNanos(COMPILING.toNanos());
    }
  }

  private Rally rally() {
    return new Rally(WARM_UP, effort.samples(COUNT));
  }

  private double ofWorkers(Functions functions, boolean timed) throws InterruptedException {
    Rally rally = rally();
    CompletableFuture<Latch> server = new CompletableFuture<>();
    CompletableFuture<Latch> answerer = new CompletableFuture<>();
    functions.act(
        0, context -> rally.serve(side(context, server, answerer, timed)), RestartPolicy.never());
    functions.act(
        1, context -> rally.answer(side(context, answerer, server, timed)), RestartPolicy.never());
    return rally.await();
  }

  private static Rally.Side side(
      WorkerContext context,
      CompletableFuture<Latch> mine,
      CompletableFuture<Latch> other,
      boolean timed) {
    mine.complete(context.latch());
    return timed
        ? new TimedOnLatches(context.latch(), other.join())
        : new OnLatches(context.latch(), other.join());
  }

  private double ofThreads(boolean virtual) throws InterruptedException {
    Rally rally = rally();
    CompletableFuture<Thread> server = new CompletableFuture<>();
    CompletableFuture<Thread> answerer = new CompletableFuture<>();
    server.complete(start(virtual, () -> rally.serve(new Parking(answerer.join()))));
    answerer.complete(start(virtual, () -> rally.answer(new Parking(server.join()))));
    return rally.await();
  }

  private static Thread start(boolean virtual, Runnable work) {
    return virtual ? BareThreads.virtual(work) : BareThreads.platform(work);
  }

  /** A worker's side: the loop that every worker has. */
  private record OnLatches(Latch mine, Latch other) implements Rally.Side {
    @Override
    public void wakeOther() {
      other.set();
    }

    @Override
    public void await(BooleanSupplier condition) {
      for (; ; ) {
        mine.reset();
        if (condition.getAsBoolean()) {
          return;
        }
        mine.await();
      }
    }
  }

  /** A worker's side that would look again after a while. */
  private record TimedOnLatches(Latch mine, Latch other) implements Rally.Side {
    @Override
    public void wakeOther() {
      other.set();
    }

    @Override
    public void await(BooleanSupplier condition) {
      for (; ; ) {
        mine.reset();
        if (condition.getAsBoolean()) {
          return;
        }
        mine.await(LONG);
      }
    }
  }

  /** A bare thread's side. */
  private record Parking(Thread other) implements Rally.Side {
    @Override
    public void wakeOther() {
      LockSupport.unpark(other);
    }

    @Override
    public void await(BooleanSupplier condition) {
      while (!condition.getAsBoolean()) {
        LockSupport.park(this);
      }
    }
  }
}
