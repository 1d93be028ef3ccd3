// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.Isolation;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.WorkerLauncher;

/**
 * Runs workers as threads of this JVM: virtual ones from JDK 21 on, else platform threads that are
 * re-used within a bundle's revision.
 *
 * <p>The function is looked up anew for each life, so that an updated bundle takes effect (contract
 * X17).
 */
final class ThreadLauncher implements WorkerLauncher {
  private final FunctionDirectory directory;
  private final LifeServices services;
  private final CarrierPool carriers = new CarrierPool();

  ThreadLauncher(FunctionDirectory directory, LifeServices services) {
    this.directory = directory;
    this.services = services;
  }

  @Override
  public Isolation isolation() {
    return Isolation.THREAD;
  }

  @Override
  public LaunchedWorker launch(WorkerId id, BackgroundWorker worker, LaunchListener listener) {
    LoadedFunction function = directory.find(worker.library(), worker.function());
    if (function == null) {
      throw new IllegalStateException(
          "function \"%s\" of library \"%s\" has just gone"
              .formatted(worker.function(), worker.library()));
    }
    WorkerLife life = new WorkerLife(id, worker, listener, services, function);
    String name = worker.name() + " (" + worker.type() + ") " + id;
    if (VirtualThreads.available()) {
      VirtualThreads.make(name, life).start();
    } else {
      carriers.run(name, life);
    }
    return life;
  }

  /** Ends the parked threads of a bundle that goes. */
  void drop(ClassLoader loader) {
    carriers.drop(loader);
  }

  /** Ends all parked threads. */
  void close() {
    carriers.close();
  }
}
