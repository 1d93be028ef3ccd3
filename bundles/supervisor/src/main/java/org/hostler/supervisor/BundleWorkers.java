// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hostler.supervisor.WorkerSlot.Origin;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.StaticRegistration;
import org.hostler.worker.WorkerId;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * The registration service as one bundle sees it.
 *
 * @param bundle who asks
 * @param doors what is behind the service
 */
record BundleWorkers(Bundle bundle, Doors doors) implements BackgroundWorkers {

  /**
   * What all bundles' services share; the framework's factory of them.
   *
   * @param supervisor the table
   * @param registrar gives slots
   * @param statics knows who may register statically
   * @param handles makes handles
   */
  record Doors(Supervisor supervisor, Registrar registrar, StaticWorkers statics, Handles handles)
      implements ServiceFactory<BackgroundWorkers> {

    @Override
    public BackgroundWorkers getService(
        Bundle bundle, ServiceRegistration<BackgroundWorkers> registration) {
      return new BundleWorkers(bundle, this);
    }

    @Override
    public void ungetService(
        Bundle bundle,
        ServiceRegistration<BackgroundWorkers> registration,
        BackgroundWorkers service) {
      // it holds nothing
    }
  }

  @Override
  public boolean isPreloading() {
    return !doors.supervisor().sealed();
  }

  @Override
  public StaticRegistration register(BackgroundWorker worker) {
    return doors.statics().register(bundle, worker);
  }

  @Override
  public BackgroundWorkerHandle registerDynamic(BackgroundWorker worker) {
    return doors.registrar().dynamic(worker, Origin.DYNAMIC);
  }

  @Override
  public BackgroundWorkerHandle registerOrAwait(BackgroundWorker worker, Duration timeout)
      throws InterruptedException {
    return doors.registrar().dynamicOrAwait(worker, Origin.DYNAMIC, timeout);
  }

  @Override
  public List<BackgroundWorkerHandle> find(String name) {
    return doors.handles().find(name);
  }

  @Override
  public Optional<BackgroundWorkerHandle> find(WorkerId id) {
    return doors.handles().find(id);
  }
}
