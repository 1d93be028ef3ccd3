// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.spi.DatabaseMechanism;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.spi.SharedMemoryMechanism;
import org.hostler.worker.spi.WorkerLauncher.LaunchListener;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Makes real lives of workers, and hears what they tell the supervisor. */
final class Lives implements LaunchListener {
  static final WorkerId ID = new WorkerId(3, 17, 1);

  /** "started", "ready", "exited". */
  final List<String> told = new CopyOnWriteArrayList<>();

  volatile @Nullable ExitStatus exit;
  volatile Ending ending = Ending.NONE;
  volatile SettingsSnapshot settings = SettingsSnapshot.of(1, Map.of());
  volatile @Nullable DatabaseMechanism database;
  volatile @Nullable SharedMemoryMechanism sharedMemory;
  volatile ClassLoader loader = Lives.class.getClassLoader();

  /** A life that has not begun; {@code run()} lives it on the calling thread. */
  WorkerLife life(@Nullable WorkerMain main) {
    return life(ID, Slots.worker(RestartPolicy.never()), this, main);
  }

  WorkerLife life(
      WorkerId id, BackgroundWorker worker, LaunchListener listener, @Nullable WorkerMain main) {
    return new WorkerLife(
        id, worker, listener, services(), FakeBundles.function(main, loader), life -> {});
  }

  /** What lives can reach; hooks of termination run on the thread that asks. */
  LifeServices services() {
    return new LifeServices(
        () -> settings, Lives::noWorkers, () -> database, () -> sharedMemory, Runnable::run);
  }

  private static BackgroundWorkers noWorkers(Bundle bundle) {
    throw new UnsupportedOperationException("no registrations from " + bundle);
  }

  /** Lives a life on the calling thread, from its beginning to its end. */
  ExitStatus live(WorkerMain main) {
    life(main).run();
    return exit;
  }

  @Override
  public void started() {
    told.add("started");
  }

  @Override
  public void ready() {
    told.add("ready");
  }

  @Override
  public void exited(ExitStatus status, Ending databases) {
    told.add("exited");
    exit = status;
    ending = databases;
  }
}
