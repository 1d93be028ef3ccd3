// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.hostler.supervisor.Event.Outlook;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.supervisor.WorkerSlot.Origin;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.Isolation;
import org.hostler.worker.StaticRegistration;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.WorkerLauncher;
import org.hostler.worker.spi.WorkerLauncher.LaunchedWorker;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;

/**
 * The real supervisor on virtual time, with lives on paper: no threads, no clock. What takes days
 * in a host takes microseconds here, and happens the same way each time.
 */
final class ManualSupervisor implements Mechanisms {
  private static final Path DIRECTORY = temporaryDirectory();
  private static int made;

  final Map<String, WorkerLimits> limits = new TreeMap<>();
  final FakeLauncher launcher = new FakeLauncher();
  final Set<String> missing = new HashSet<>();
  final Set<String> loadable = new HashSet<>();
  final List<WorkerSlot> loads = new ArrayList<>();
  final List<Throwable> failures = new ArrayList<>();
  final List<ExitStatus> hostEnds = new ArrayList<>();
  final FakeDoors databases = new FakeDoors();
  final Supervisor supervisor;
  final Registrar registrar;
  final Handles handles;
  private final HostMechanisms admitting;

  /** Says whether a worker can be launched. */
  interface World {
    Outlook outlook(WorkerSlot slot, Phase phase);
  }

  World world = this::asSet;

  /** The wall clock's offset; monotonic time does not know it. */
  long wallOffset = 1_700_000_000_000L;

  private final Random random = new Random(1);
  private long nanos;
  private int maxSlots;
  private boolean restartAfterCrash = true;

  /** A host in normal running. */
  ManualSupervisor() {
    this(256);
    seal();
    phase(Phase.RUN);
  }

  /** A host that preloads. */
  ManualSupervisor(int maxSlots) {
    this.maxSlots = maxSlots;
    supervisor =
        new Supervisor(
            () -> nanos, () -> wallOffset + nanos / 1_000_000, random::nextDouble, rules(), this);
    FunctionDirectory directory = new FunctionDirectory(FakeBundles.HOST);
    admitting =
        new HostMechanisms(
            directory,
            new MissingFunctions(directory, (bundle, function) -> ""),
            (key, text) -> {},
            status -> {});
    admitting.add(launcher);
    handles = new Handles(supervisor, new StatReader(supervisor, directory), Runnable::run);
    registrar =
        new Registrar(
            supervisor, new Generations(generationFile(), Runnable::run), admitting, handles);
  }

  private static Path temporaryDirectory() {
    try {
      Path directory = Files.createTempDirectory("manual-supervisor");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path generationFile() {
    Path file = DIRECTORY.resolve("generation-" + ++made);
    file.toFile().deleteOnExit();
    return file;
  }

  private Rules rules() {
    WorkerLifecycle lifecycle =
        new WorkerLifecycle(Slots.INTERRUPT_DELAY, Slots.STOP_TIMEOUT, restartAfterCrash);
    return new Rules(maxSlots, Map.copyOf(limits), Isolation.THREAD, Map.of(), 10_000, lifecycle);
  }

  // ---- what a host does

  void seal() {
    supervisor.perform(Kind.REQUEST, supervisor::seal);
  }

  void phase(Phase phase) {
    supervisor.perform(Kind.REQUEST, () -> supervisor.phase(phase));
  }

  ManualSupervisor slots(int max) {
    maxSlots = max;
    return reload();
  }

  ManualSupervisor restartAfterCrash(boolean restart) {
    restartAfterCrash = restart;
    return reload();
  }

  ManualSupervisor reload() {
    supervisor.perform(Kind.RELOAD, () -> supervisor.rules(rules()));
    return this;
  }

  /** Asks all workers to end, as a fast stop does. */
  void stop() {
    HostStop stop = new HostStop(supervisor, (key, text) -> {}, status -> {});
    supervisor.perform(Kind.STOP, stop::askAll);
  }

  // ---- time

  /** Lets time pass; the supervisor runs exactly at each of its deadlines. */
  void tick(Duration time) {
    long end = nanos + time.toNanos();
    while (supervisor.nextDeadline() <= end) {
      nanos = Math.max(nanos, supervisor.nextDeadline());
      supervisor.turn();
    }
    nanos = end;
    supervisor.turn();
  }

  long now() {
    return nanos;
  }

  // ---- workers

  static BackgroundWorker.Builder worker(String name) {
    return BackgroundWorker.builder(name).library("org.acme.jobs").function("f");
  }

  WorkerHandle register(BackgroundWorker.Builder worker) {
    return registrar.dynamic(worker.build(), Origin.DYNAMIC);
  }

  StaticRegistration registerStatic(BackgroundWorker.Builder worker) {
    return registrar.registerStatic(worker.build(), new Origin(true, "org.acme.jobs", ""), null);
  }

  /** Registers a worker whose main is entered at once; forgets that launch. */
  WorkerId running(BackgroundWorker.Builder worker) {
    WorkerHandle handle = register(worker);
    launches();
    return handle.id();
  }

  void deliver(WorkerId id, Event event) {
    supervisor.post(id, event);
  }

  /** The life that runs in a worker's slot. */
  FakeLauncher.Life life(WorkerId id) {
    return (FakeLauncher.Life) supervisor.table.life(id.slot());
  }

  WorkerSlot slot(WorkerId id) {
    return supervisor.table.slot(id.slot(), id.generation());
  }

  WorkerState state(WorkerId id) {
    return slot(id).state();
  }

  /** The names of the workers that were launched since this was last asked. */
  List<String> launches() {
    return launcher.launches();
  }

  /** Everything that happened to a worker. */
  List<WorkerEvent.Kind> told(WorkerId id) {
    return supervisor
        .events
        .newest(event -> event.id().filter(id::sameWorker).isPresent(), 1_000)
        .stream()
        .map(WorkerEvent::kind)
        .toList();
  }

  // ---- the world

  @Override
  public String symbolicName(String library) {
    return admitting.symbolicName(library);
  }

  @Override
  public Outlook outlook(WorkerSlot slot, Phase phase) {
    return world.outlook(slot, phase);
  }

  private Outlook asSet(WorkerSlot slot, Phase phase) {
    BackgroundWorker worker = slot.worker();
    if (phase == Phase.STOPPING) {
      return new Outlook.Never();
    }
    Outlook down = HostMechanisms.down(slot, databases);
    if (down != null) {
      return down;
    } else if (!Phases.allows(phase, worker.startTime())) {
      return new Outlook.Wait(
          new WorkerReason(Code.PHASE, Phases.words(phase, worker.startTime())));
    } else if (loadable.contains(worker.library()) && !slot.loadTried()) {
      return new Outlook.Load();
    }
    return missing.contains(worker.library())
        ? new Outlook.Missing(Slots.MISSING)
        : new Outlook.Available();
  }

  @Override
  public WorkerLauncher launcher(BackgroundWorker worker) {
    return launcher;
  }

  @Override
  public void load(WorkerSlot slot) {
    loads.add(slot);
  }

  @Override
  public void abandoned(WorkerSlot slot, LaunchedWorker life) {
    life.abandon();
  }

  @Override
  public void crashEndsHost(WorkerSlot slot, ExitStatus status) {
    hostEnds.add(status);
  }

  @Override
  public void stepFailed(WorkerSlot slot, Event event, Throwable thrown) {
    failures.add(thrown);
  }
}
