// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.util.Hashtable;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerMain;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that registers a dynamic worker from its activator, and fails when it may not. */
public final class DynamicActivator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    Hashtable<String, Object> function = new Hashtable<>();
    function.put("worker.function", "tick");
    context.registerService(WorkerMain.class, Waiting::untilTold, function);
    context
        .getService(context.getServiceReference(BackgroundWorkers.class))
        .registerDynamic(
            BackgroundWorker.builder("by-bundle")
                .library(context.getBundle().getSymbolicName())
                .function("tick")
                .restart(RestartPolicy.never())
                .build());
  }

  @Override
  public void stop(BundleContext context) {}
}
