// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofMillis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.supervisor.WorkerSlot.Origin;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.Isolation;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerState;
import org.osgi.framework.Bundle;

/** The supervisor with its loop, its threads and real time, but without a framework. */
final class RunningSupervisor implements AutoCloseable {
  private static final String LIBRARY = "org.acme.jobs";

  final Bundle library = FakeBundles.bundle(LIBRARY);
  final List<String> reports = new CopyOnWriteArrayList<>();
  final List<Integer> exits = new CopyOnWriteArrayList<>();
  final Supervisor supervisor;
  final Handles handles;
  final Registrar registrar;
  final HostStop stop;
  private final Errands errands = new Errands();
  private final ThreadLauncher threads;
  private final ServerLoop loop;
  private final FunctionDirectory directory = new FunctionDirectory(FakeBundles.HOST);
  private final Path generations;

  RunningSupervisor() {
    this(256, ofMillis(20), Duration.ofSeconds(30));
  }

  RunningSupervisor(int slots, Duration interruptDelay, Duration stopTimeout) {
    HostMechanisms mechanisms =
        new HostMechanisms(
            directory,
            new MissingFunctions(directory, (bundle, function) -> ""),
            (key, text) -> reports.add(key + " " + text),
            exits::add);
    WorkerLifecycle lifecycle = new WorkerLifecycle(interruptDelay, stopTimeout, true);
    supervisor =
        new Supervisor(
            Ticker.SYSTEM,
            System::currentTimeMillis,
            () -> 0,
            new Rules(slots, Map.of(), Isolation.THREAD, Map.of(), 10_000, lifecycle),
            mechanisms);
    mechanisms.connect(supervisor, (library, done) -> done.accept(missing()));
    handles = new Handles(supervisor, new StatReader(supervisor, directory), errands);
    generations = temporaryFile();
    registrar =
        new Registrar(supervisor, new Generations(generations, errands), mechanisms, handles);
    SettingsSnapshot settings = SettingsSnapshot.of(1, Map.of());
    BundleWorkers.Doors doors =
        new BundleWorkers.Doors(
            supervisor, registrar, new StaticWorkers(supervisor, registrar), handles);
    threads =
        new ThreadLauncher(
            directory,
            new LifeServices(
                () -> settings,
                bundle -> new BundleWorkers(bundle, doors),
                () -> null,
                () -> null,
                errands));
    mechanisms.add(threads);
    stop = new HostStop(supervisor, (key, text) -> reports.add(key + " " + text), exits::add);
    loop = new ServerLoop(supervisor, Ticker.SYSTEM);
    loop.start();
    supervisor.perform(
        Kind.REQUEST,
        () -> {
          supervisor.seal();
          supervisor.phase(Phase.RUN);
        });
  }

  private static LoadOutcome missing() {
    return new LoadOutcome.NotLoaded(Slots.MISSING);
  }

  private static Path temporaryFile() {
    try {
      return Files.writeString(Files.createTempFile("running-supervisor", "generation"), "1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The description of a worker that runs this main; never restarted unless told so. */
  BackgroundWorker.Builder worker(String name, WorkerMain main) {
    directory.add(FakeBundles.service(library, name, main));
    return BackgroundWorker.builder(name)
        .library(LIBRARY)
        .function(name)
        .restart(RestartPolicy.never());
  }

  /** Puts another main in the place of the one of that name, as an update does. */
  void replace(String name, WorkerMain main) {
    directory.remove(old -> old.name().equals(name));
    directory.add(FakeBundles.service(library, name, main));
  }

  WorkerHandle register(BackgroundWorker.Builder worker) {
    return registrar.dynamic(worker.build(), Origin.DYNAMIC);
  }

  WorkerHandle register(String name, WorkerMain main) {
    return register(worker(name, main));
  }

  /** Waits on its latch until it is asked to end. */
  static void waitUntilAsked(WorkerContext context) {
    for (; ; ) {
      context.latch().reset();
      context.checkForInterrupts();
      context.latch().await(Await.LONG);
    }
  }

  int count(WorkerState state) {
    return supervisor.table.count(state);
  }

  /** Ends every worker and every thread. */
  @Override
  public void close() {
    stop.run();
    loop.close();
    threads.close();
    errands.close();
    try {
      Files.deleteIfExists(generations);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
