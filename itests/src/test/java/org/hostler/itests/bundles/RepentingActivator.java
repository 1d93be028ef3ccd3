// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkers;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that registers a worker of another library and then fails. */
public final class RepentingActivator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    context
        .getService(context.getServiceReference(BackgroundWorkers.class))
        .registerDynamic(
            BackgroundWorker.builder("left-behind").library("hostler").function("sleep").build());
    throw new IllegalStateException("this activator repents");
  }

  @Override
  public void stop(BundleContext context) {}
}
