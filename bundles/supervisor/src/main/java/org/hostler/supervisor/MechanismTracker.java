// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Follows the services of one mechanism: a mechanism that comes or goes changes what can be
 * registered, and restarts nobody.
 *
 * @param <T> the mechanism's type
 */
final class MechanismTracker<T> extends ServiceTracker<T, T> {
  private final Consumer<T> added;
  private final Consumer<T> removed;

  MechanismTracker(BundleContext context, Class<T> type, Consumer<T> added, Consumer<T> removed) {
    super(context, type, null);
    this.added = added;
    this.removed = removed;
  }

  @Override
  public T addingService(ServiceReference<T> reference) {
    T service = super.addingService(reference);
    added.accept(service);
    return service;
  }

  @Override
  public void removedService(ServiceReference<T> reference, T service) {
    removed.accept(service);
    super.removedService(reference, service);
  }
}
