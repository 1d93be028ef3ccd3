// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.function.Consumer;
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
  private final Consumer<WorkerLife> threads = this::start;

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
    return new WorkerLife(id, worker, listener, services, function, threads);
  }

  private void start(WorkerLife life) {
    if (VirtualThreads.available()) {
      VirtualThreads.make(life.threadName(), life).start();
    } else {
      carriers.run(life.threadName(), life);
    }
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
