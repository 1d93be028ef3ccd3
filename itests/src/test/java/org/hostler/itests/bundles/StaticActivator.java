// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.time.Duration;
import java.util.Hashtable;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.StaticRegistration;
import org.hostler.worker.WorkerMain;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/** The activator style: offers {@code tick} and registers a static worker that runs it. */
public final class StaticActivator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    Hashtable<String, Object> function = new Hashtable<>();
    function.put("worker.function", "tick");
    context.registerService(WorkerMain.class, Waiting::untilTold, function);

    ServiceReference<BackgroundWorkers> workers =
        context.getServiceReference(BackgroundWorkers.class);
    StaticRegistration answer =
        context
            .getService(workers)
            .register(
                BackgroundWorker.builder("by-activator")
                    .library(context.getBundle().getSymbolicName())
                    .function("tick")
                    .restart(RestartPolicy.after(Duration.ofMillis(200)))
                    .build());
    LoggerFactory.getLogger(StaticActivator.class).info("registration: {}", answer);
  }

  @Override
  public void stop(BundleContext context) {}
}
