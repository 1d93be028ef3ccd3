// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Instant;
import java.util.Hashtable;
import java.util.Map;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * The activator of a bundle that is dropped into a running host: it says when it is started, when
 * its worker runs, and when it is stopped. The only class of that bundle.
 */
public final class Probe implements BundleActivator, WorkerMain {
  /** Made by the framework. */
  public Probe() {}

  @Override
  public void start(BundleContext context) {
    final Instant active = Instant.now();
    context.registerService(
        WorkerMain.class, this, new Hashtable<>(Map.of("worker.function", "probe")));
    context
        .getService(context.getServiceReference(BackgroundWorkers.class))
        .registerDynamic(
            BackgroundWorker.builder("probe")
                .library(context.getBundle().getSymbolicName())
                .function("probe")
                .build());
    System.out.println("probe is active " + active);
  }

  @Override
  public void run(WorkerContext context) {
    System.out.println("probe is worker " + Instant.now());
  }

  @Override
  public void stop(BundleContext context) {
    System.out.println("probe is stopped " + Instant.now());
  }
}
