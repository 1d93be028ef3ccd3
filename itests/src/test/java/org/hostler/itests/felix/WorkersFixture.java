// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.inject.Inject;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerStats;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerSuite;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** What tests inside Felix share: functions offered by the test's bundle, events, a clean table. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerSuite.class)
public class WorkersFixture {
  static final Duration SOON = Duration.ofSeconds(60);

  @Inject BundleContext context;
  @Inject BackgroundWorkers workers;
  @Inject WorkerStats stats;

  private final List<ServiceRegistration<?>> functions = new ArrayList<>();
  private final List<BackgroundWorkerHandle> handles = new ArrayList<>();
  private final BlockingQueue<WorkerEvent> events = new LinkedBlockingQueue<>();
  private WorkerStats.Subscription subscription;

  @Configuration
  public Option[] config() {
    return Containers.base();
  }

  @Before
  public void listen() throws Exception {
    awaitTrue(() -> !workers.isPreloading());
    subscription = stats.subscribe(events::add);
  }

  @After
  public void cleanUp() throws Exception {
    for (BackgroundWorkerHandle handle : handles) {
      handle.terminate();
      handle.awaitGone(SOON);
    }
    functions.forEach(
        function -> {
          try {
            function.unregister();
          } catch (IllegalStateException e) {
            context.getBundle().getSymbolicName(); // the test has unregistered it itself
          }
        });
    subscription.close();
  }

  /** Offers a function of the test's bundle. */
  ServiceRegistration<WorkerMain> offer(String name, WorkerMain main) {
    ServiceRegistration<WorkerMain> registration =
        context.registerService(
            WorkerMain.class, main, new Hashtable<>(Map.of("worker.function", name)));
    functions.add(registration);
    return registration;
  }

  /** Begins the description of a worker that runs a function of the test's bundle. */
  BackgroundWorker.Builder worker(String function) {
    return BackgroundWorker.builder(function)
        .library(context.getBundle().getSymbolicName())
        .function(function)
        .restart(RestartPolicy.never());
  }

  BackgroundWorkerHandle register(BackgroundWorker worker) {
    BackgroundWorkerHandle handle = workers.registerDynamic(worker);
    handles.add(handle);
    return handle;
  }

  /** Waits for an event, passing over others. */
  WorkerEvent await(Predicate<WorkerEvent> wanted) throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    for (; ; ) {
      WorkerEvent event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new AssertionError("the event did not come within " + SOON);
      }
      if (wanted.test(event)) {
        return event;
      }
    }
  }

  WorkerEvent await(BackgroundWorkerHandle handle, WorkerEvent.Kind kind)
      throws InterruptedException {
    return await(
        event -> event.kind() == kind && event.id().filter(handle.id()::sameWorker).isPresent());
  }

  /** A main that waits on its latch until it is told to end. */
  static void untilTold(WorkerContext context) {
    for (; ; ) {
      context.latch().reset();
      context.checkForInterrupts();
      context.latch().await(Duration.ofHours(1));
    }
  }

  static void awaitTrue(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the condition did not come true within " + SOON);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
