// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hostler.supervisor.LoadedFunction.OfBundle;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Follows bundles and functions as they come and go.
 *
 * <p>Workers of a function are drained when its service is being unregistered, which is before its
 * component is deactivated; whatever else of a bundle runs is drained when the bundle is stopping.
 * Both are synchronous: the framework waits, at most until the workers' stop deadline.
 */
final class BundleWatch implements SynchronousBundleListener, ServiceListener {
  private static final long SYSTEM_BUNDLE = 0;

  private final FunctionDirectory directory;
  private final Drains drains;
  private final StaticWorkers statics;
  private final AnnotatedWorkers annotated;
  private final ComponentStates components;
  private final ThreadLauncher threads;
  private final Errands errands;
  private final Runnable hostStops;

  /**
   * Bundles whose activator is at work. Their parked workers wait for its end, since it may
   * register them again with another description.
   */
  private final Set<Bundle> starting = ConcurrentHashMap.newKeySet();

  BundleWatch(
      FunctionDirectory directory,
      Drains drains,
      StaticWorkers statics,
      AnnotatedWorkers annotated,
      ComponentStates components,
      ThreadLauncher threads,
      Errands errands,
      Runnable hostStops) {
    this.directory = directory;
    this.drains = drains;
    this.statics = statics;
    this.annotated = annotated;
    this.components = components;
    this.threads = threads;
    this.errands = errands;
    this.hostStops = hostStops;
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    Bundle bundle = event.getBundle();
    if (bundle.getBundleId() == SYSTEM_BUNDLE) {
      if (event.getType() == BundleEvent.STOPPING) {
        hostStops.run();
      }
      return;
    }
    if (bundle.getSymbolicName() == null) {
      return; // older than OSGi's names: nobody can name a worker of it
    }
    switch (event.getType()) {
      case BundleEvent.STARTING -> {
        starting.add(bundle);
        statics.starting(bundle);
      }
      case BundleEvent.STARTED -> started(bundle);
      case BundleEvent.STOPPING -> stopping(bundle);
      case BundleEvent.STOPPED -> stopped(bundle);
      case BundleEvent.UNINSTALLED -> uninstalled(bundle);
      default -> {
        // installed, resolved, updated: nothing of it runs
      }
    }
  }

  private void started(Bundle bundle) {
    starting.remove(bundle);
    statics.started(bundle);
    String library = bundle.getSymbolicName();
    if (!drains.concerns(library)) {
      return;
    }
    drains.wake(library, worker -> directory.find(worker.library(), worker.function()) != null);
    // Its components come only now: whoever still lacks its function is told why when they are
    // there
    errands.execute(
        () ->
            components.whenKnown(
                bundle,
                names -> {
                  annotated.active(bundle, names);
                  // asked with the baton held: after the drain of a stop there is nothing to try
                  drains.wake(library, worker -> bundle.getState() == Bundle.ACTIVE);
                }));
  }

  private void stopping(Bundle bundle) {
    drains.drain(
        bundle.getSymbolicName(),
        function -> function.bundle().equals(bundle),
        true,
        notActive(bundle));
  }

  /** Says why a bundle that is stopping, stopped or uninstalled runs nothing. */
  static WorkerReason notActive(Bundle bundle) {
    if (bundle.getState() == Bundle.UNINSTALLED) {
      return new WorkerReason(
          Code.BUNDLE_MISSING, "bundle \"%s\" was uninstalled".formatted(bundle.getSymbolicName()));
    }
    return new WorkerReason(
        Code.BUNDLE_STOPPED, // made whenever a bundle stops, so without a Formatter
        "bundle \"" + bundle.getSymbolicName() + "\" (" + bundle.getBundleId() + ") is stopped");
  }

  private void stopped(Bundle bundle) {
    starting.remove(bundle);
    statics.notStarted(bundle);
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring != null && wiring.getClassLoader() != null) {
      threads.drop(wiring.getClassLoader());
    }
  }

  private void uninstalled(Bundle bundle) {
    annotated.uninstalled(bundle);
    drains.explain(bundle.getSymbolicName(), notActive(bundle));
  }

  @Override
  public void serviceChanged(ServiceEvent event) {
    @SuppressWarnings("unchecked") // the listener's filter names the class
    ServiceReference<WorkerMain> reference =
        (ServiceReference<WorkerMain>) event.getServiceReference();
    switch (event.getType()) {
      case ServiceEvent.REGISTERED, ServiceEvent.MODIFIED -> added(reference);
      case ServiceEvent.UNREGISTERING, ServiceEvent.MODIFIED_ENDMATCH -> removed(reference);
      default -> {
        // there is no other
      }
    }
  }

  /** Takes a service that is there. */
  void added(ServiceReference<WorkerMain> reference) {
    OfBundle function = directory.add(reference);
    if (function != null) {
      annotated.added(reference, function);
      if (!starting.contains(function.bundle())) {
        drains.causeGone(function.library());
      }
    }
  }

  private void removed(ServiceReference<WorkerMain> reference) {
    OfBundle function = directory.function(reference);
    if (function == null) {
      return;
    }
    Bundle bundle = function.bundle();
    if (bundle.getState() == Bundle.STOPPING) {
      stopping(bundle); // all of it at once: the deadlines of its functions must not add up
      return;
    }
    drains.drain(
        function.library(),
        other -> other.reference().equals(reference),
        false,
        new WorkerReason(
            Code.COMPONENT_GONE,
            "the component that offers function \"%s\" is gone".formatted(function.name())));
    errands.execute(() -> explain(bundle, function.name()));
  }

  /** Finds out, off the framework's thread, what the component runtime says by now. */
  private void explain(Bundle bundle, String function) {
    String state = components.why(bundle, function);
    if (!state.isEmpty() && bundle.getState() == Bundle.ACTIVE) {
      drains.explain(bundle.getSymbolicName(), new WorkerReason(Code.COMPONENT_GONE, state));
    }
  }
}
