// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.workerspi;

import java.util.Dictionary;
import java.util.Hashtable;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.Settings;
import org.hostler.worker.SettingsRefused;
import org.hostler.worker.WorkerMain;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's initialiser, PostgreSQL's {@code _PG_init}: offers the functions, defines the
 * settings and, when the bundle is preloaded, registers the static workers.
 *
 * <p>Loaded later, by dropping it into a running host or because a worker names it, it stops half
 * way as its model does: settings that take effect at a restart cannot be defined any more, static
 * workers not be registered. {@code worker_spi_launch} works all the same.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
@Capability(namespace = "org.hostler.function", attribute = "name=" + SpiWorkers.MAIN)
@Capability(namespace = "org.hostler.function", attribute = "name=" + SpiWorkers.LAUNCH)
public final class Activator implements BundleActivator {
  private static final Logger LOG = LoggerFactory.getLogger(Activator.class);

  @Override
  public void start(BundleContext context) {
    context.registerService(WorkerMain.class, new CountingWorker(), function(SpiWorkers.MAIN));
    context.registerService(WorkerMain.class, new LaunchingWorker(), function(SpiWorkers.LAUNCH));

    Settings settings = service(context, Settings.class);
    settings.define(SpiSettings.naptime());
    if (isPreloaded(settings)) {
      BackgroundWorkers workers = service(context, BackgroundWorkers.class);
      int total = settings.current().integer(SpiSettings.TOTAL_WORKERS);
      for (int index = 1; index <= total; index++) {
        workers.register(SpiWorkers.fixed(index)); // a refusal is logged and recorded by the host
      }
    }
  }

  /**
   * Defines what only a preloaded bundle can define, which is also how it learns that it is one:
   * now, or, when it is updated or started again, at the start of the host.
   */
  private static boolean isPreloaded(Settings settings) {
    try {
      SpiSettings.fixedAtStart().forEach(settings::define);
      return true;
    } catch (SettingsRefused tooLate) {
      LOG.info("without static workers: {}", tooLate.getMessage());
      return false;
    }
  }

  @Override
  public void stop(BundleContext context) {} // the framework unregisters the functions

  private static Dictionary<String, Object> function(String name) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("worker.function", name);
    return properties;
  }

  private static <T> T service(BundleContext context, Class<T> type) {
    return context.getService(context.getServiceReference(type));
  }
}
