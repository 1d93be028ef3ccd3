// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.Queue;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A bundle whose worker runs until it is asked to end; the only class of that bundle. The activator
 * offers the function. When the worker has begun it says so to the queue that is the system
 * property {@link #BEGUN}: that one object is known to both sides of an update.
 */
public final class WorkingProbe implements BundleActivator, WorkerMain {
  /** Where the moments are put at which workers begin, in nanoseconds. */
  public static final String BEGUN = "hostler.benchmark.begun";

  /** Made by the framework. */
  public WorkingProbe() {}

  @Override
  public void start(BundleContext context) {
    context.registerService(
        WorkerMain.class, this, new Hashtable<>(Map.of("worker.function", "working")));
  }

  @Override
  @SuppressWarnings("unchecked") // the benchmark puts it there
  public void run(WorkerContext context) {
    ((Queue<Long>) System.getProperties().get(BEGUN)).add(System.nanoTime());
    while (true) {
      context.latch().reset();
      context.checkForInterrupts();
      context.latch().await(Duration.ofDays(1));
    }
  }

  @Override
  public void stop(BundleContext context) {
    // the worker is the host's to end
  }
}
