// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hostler.benchmarks.Stopwatch.Starter;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerMain;
import org.osgi.framework.BundleContext;

/** The functions of the benchmarks' bundle, as any extension would offer them. */
final class Functions {
  static final String LIBRARY = "org.hostler.benchmarks";
  private static final String STAMP = "stamp";
  private static final String STAY = "stay";
  private static final String CONNECT = "connect";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Stopwatch watch = new Stopwatch();
  private final AtomicInteger staying = new AtomicInteger();
  private final BackgroundWorkers workers;
  private volatile WorkerMain connecting = context -> {};

  Functions(BundleContext context, BackgroundWorkers workers) {
    this.workers = workers;
    offer(context, STAMP, worker -> watch.enter());
    offer(context, STAY, this::stay);
    offer(context, CONNECT, worker -> connecting.run(worker));
  }

  private static void offer(BundleContext context, String name, WorkerMain main) {
    context.registerService(
        WorkerMain.class, main, new Hashtable<>(Map.of("worker.function", name)));
  }

  private void stay(WorkerContext context) {
    staying.incrementAndGet();
    try {
      untilTold(context);
    } finally {
      staying.decrementAndGet();
    }
  }

  /** Waits on its latch until it is asked to end. */
  static void untilTold(WorkerContext context) {
    while (true) {
      context.latch().reset();
      context.checkForInterrupts();
      context.latch().await(Duration.ofDays(1));
    }
  }

  /** Sets what the workers of {@link #connecting(int)} do. */
  void connecting(WorkerMain main) {
    connecting = main;
  }

  Stopwatch watch() {
    return watch;
  }

  /** Returns how many of {@link #staying} are running. */
  int alive() {
    return staying.get();
  }

  /** Returns a worker that ends as soon as its time is taken. */
  static BackgroundWorker stamping() {
    return worker("benchmark stamp", STAMP);
  }

  /** Returns a worker that waits on its latch until it is asked to end. */
  static BackgroundWorker staying(int number) {
    return worker("benchmark stay " + number, STAY);
  }

  /** Returns a worker that may connect to a database. */
  static BackgroundWorker connecting(int number) {
    return BackgroundWorker.builder("benchmark connect " + number)
        .type("benchmark")
        .library(LIBRARY)
        .function(CONNECT)
        .flag(WorkerFlag.DATABASE_CONNECTION)
        .restart(RestartPolicy.never())
        .build();
  }

  private static BackgroundWorker worker(String name, String function) {
    return BackgroundWorker.builder(name)
        .type("benchmark")
        .library(LIBRARY)
        .function(function)
        .restart(RestartPolicy.never())
        .build();
  }

  /** Registers a worker each time. */
  Starter launching() {
    BackgroundWorker worker = stamping();
    return () -> {
      BackgroundWorkerHandle handle = workers.registerDynamic(worker);
      return () -> handle.awaitGone(LONG);
    };
  }

  /** Waits until the host has worked off its preload list and takes dynamic workers. */
  void awaitHost() throws InterruptedException {
    workers.registerOrAwait(stamping(), LONG).awaitGone(LONG);
  }
}
