// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hostler.benchmarks.Stopwatch.Starter;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.stat.WorkerStats;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** The functions of the benchmarks' bundle, as any extension would offer them. */
final class Functions {
  static final String LIBRARY = "org.hostler.benchmarks";
  private static final String STAMP = "stamp";
  private static final String STAY = "stay";
  private static final String CONNECT = "connect";
  private static final String ACT = "act";
  private static final String PROTOTYPE = "prototype";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Stopwatch watch = new Stopwatch();
  private final AtomicInteger staying = new AtomicInteger();
  private final BundleContext context;
  private final BackgroundWorkers workers;
  private final WorkerStats stats;
  private volatile WorkerMain connecting = context -> {};
  private final Map<Long, WorkerMain> acts = new ConcurrentHashMap<>();

  Functions(BundleContext context, BackgroundWorkers workers) {
    this.context = context;
    this.workers = workers;
    this.stats = context.getService(context.getServiceReference(WorkerStats.class));
    offer(context, STAMP, worker -> watch.enter());
    offer(context, STAY, this::stay);
    offer(context, CONNECT, worker -> connecting.run(worker));
    offer(context, ACT, this::act);
    context.registerService(WorkerMain.class, new Prototypes(), properties(PROTOTYPE));
  }

  private static void offer(BundleContext context, String name, WorkerMain main) {
    context.registerService(WorkerMain.class, main, properties(name));
  }

  private static Hashtable<String, Object> properties(String name) {
    return new Hashtable<>(Map.of("worker.function", name));
  }

  /** Gives each life a function of its own. */
  private final class Prototypes implements PrototypeServiceFactory<WorkerMain> {
    @Override
    public WorkerMain getService(Bundle bundle, ServiceRegistration<WorkerMain> registration) {
      return new WorkerMain() { // not a lambda, which may be one object for all
        @Override
        public void run(WorkerContext context) {
          stay(context);
        }
      };
    }

    @Override
    public void ungetService(
        Bundle bundle, ServiceRegistration<WorkerMain> registration, WorkerMain main) {
      // it holds nothing
    }
  }

  private void act(WorkerContext context) throws Exception {
    WorkerMain main = acts.get(context.mainArg().asLong());
    if (main == null) {
      throw new IllegalStateException("worker %s has nothing to do".formatted(context.id()));
    }
    main.run(context);
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

  BundleContext context() {
    return context;
  }

  WorkerStats stats() {
    return stats;
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

  /** Returns a worker like {@link #staying}, whose function is an object of its own. */
  static BackgroundWorker stayingPrototype(int number) {
    return worker("benchmark stay " + number, PROTOTYPE);
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

  /**
   * Registers a worker that runs this in each of its lives.
   *
   * @param number its main argument; two that live at once have different ones
   */
  BackgroundWorkerHandle act(long number, WorkerMain main, RestartPolicy restart) {
    acts.put(number, main);
    return workers.registerDynamic(
        BackgroundWorker.builder("benchmark act " + number)
            .type("benchmark")
            .library(LIBRARY)
            .function(ACT)
            .mainArg(number)
            .restart(restart)
            .build());
  }

  /** Starts a worker and ends it; returns how long it took until its handle said it is started. */
  long startedAndEnded() throws InterruptedException {
    BackgroundWorker worker = staying(0);
    long asked = System.nanoTime();
    BackgroundWorkerHandle handle = workers.registerDynamic(worker);
    HandleStatus status = handle.awaitStartup(LONG);
    final long taken = System.nanoTime() - asked;
    if (status != HandleStatus.STARTED) {
      throw new IllegalStateException("the worker is %s instead of started".formatted(status));
    }
    handle.terminate();
    handle.awaitGone(LONG);
    return taken;
  }

  /** Waits until the host has worked off its preload list and takes dynamic workers. */
  void awaitHost() throws InterruptedException {
    workers.registerOrAwait(stamping(), LONG).awaitGone(LONG);
  }
}
