// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.worker.WorkerMain;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/**
 * The service behind a function: gives each life its object.
 *
 * <p>A prototype has one for each life. Any other service has one for all, so it is asked of the
 * framework by the first life and given back by the last: the framework leaves a thread local on
 * every thread that asks it, which with a hundred thousand of them is a table each.
 *
 * <p>Getting may run the code of the bundle, so no lock is held meanwhile: lives that get the
 * service at the same time each ask the framework, and all of that is given back together.
 */
final class FunctionService {
  private final ServiceReference<WorkerMain> reference;
  private final Bundle host;
  private final boolean prototype;
  private @Nullable WorkerMain shared;
  private int lives;
  private int asked;

  /**
   * Makes it.
   *
   * @param host the bundle that gets the service: the supervisor's
   */
  FunctionService(ServiceReference<WorkerMain> reference, Bundle host) {
    this.reference = reference;
    this.host = host;
    prototype = Constants.SCOPE_PROTOTYPE.equals(reference.getProperty(Constants.SERVICE_SCOPE));
  }

  /**
   * Returns the object for one life; null when the service gives none, or has gone.
   *
   * @throws IllegalStateException when the supervisor has gone
   */
  @Nullable WorkerMain get() {
    if (prototype) {
      ServiceObjects<WorkerMain> objects = objects();
      return objects == null ? null : objects.getService();
    }
    WorkerMain known = reference.getBundle() == null ? null : known(); // null: unregistered
    if (known != null) {
      return known;
    }
    WorkerMain got = host.getBundleContext().getService(reference);
    if (got != null) {
      keep(got);
    }
    return got;
  }

  /**
   * Gives the object of one life back.
   *
   * @throws IllegalStateException when the supervisor has gone
   * @throws IllegalArgumentException when the framework has taken the object back already
   */
  void release(WorkerMain main) {
    if (prototype) {
      ServiceObjects<WorkerMain> objects = objects();
      if (objects != null) {
        objects.ungetService(main);
      }
      return;
    }
    for (int left = leave(); left > 0; left--) {
      host.getBundleContext().ungetService(reference);
    }
  }

  private @Nullable ServiceObjects<WorkerMain> objects() {
    return host.getBundleContext().getServiceObjects(reference);
  }

  private synchronized @Nullable WorkerMain known() {
    if (shared != null) {
      lives++;
    }
    return shared;
  }

  private synchronized void keep(WorkerMain got) {
    shared = got;
    lives++;
    asked++;
  }

  /** Returns how often the framework was asked, when nobody is left who needs it; else 0. */
  private synchronized int leave() {
    lives--;
    if (lives > 0) {
      return 0;
    }
    int back = asked;
    asked = 0;
    shared = null;
    return back;
  }
}
