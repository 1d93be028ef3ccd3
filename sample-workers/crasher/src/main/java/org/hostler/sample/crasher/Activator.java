// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.crasher;

import java.util.Dictionary;
import java.util.Hashtable;
import org.hostler.worker.WorkerMain;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Offers the functions of this library and registers no worker: crashers are asked for one by one.
 *
 * <p>Registering a {@link WorkerMain} service with the property {@code worker.function} is what
 * makes a function of it. The capability says the same in the manifest, so that {@code
 * bgw:functions} knows it before the bundle is loaded; in the Declarative Services style
 * {@code @WorkerFunction} does both.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
@Capability(namespace = "org.hostler.function", attribute = "name=crash")
@Capability(namespace = "org.hostler.function", attribute = "name=crash_unstartable")
public final class Activator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    context.registerService(WorkerMain.class, new Crasher(), function("crash"));
    context.registerService(
        WorkerMain.class, new NeverGiven(), function("crash_unstartable")); // framework unregisters
  }

  @Override
  public void stop(BundleContext context) {}

  private static Dictionary<String, Object> function(String name) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("worker.function", name);
    return properties;
  }

  /** A function whose object cannot be got, so that no life of it ever enters its main. */
  private static final class NeverGiven implements ServiceFactory<WorkerMain> {
    @Override
    public WorkerMain getService(Bundle user, ServiceRegistration<WorkerMain> registration) {
      throw new IllegalStateException("crash_unstartable: this function cannot be got");
    }

    @Override
    public void ungetService(
        Bundle user, ServiceRegistration<WorkerMain> registration, WorkerMain function) {}
  }
}
