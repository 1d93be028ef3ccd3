// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.hostler.supervisor.Event.Attempt;
import org.hostler.supervisor.Event.Outlook;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.Isolation;
import org.hostler.worker.spi.DatabaseMechanism;
import org.hostler.worker.spi.SharedMemoryMechanism;
import org.hostler.worker.spi.WorkerLauncher;
import org.hostler.worker.spi.WorkerLauncher.LaunchedWorker;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The supervisor's mechanisms in a real host: the function directory, launchers, the loader. */
final class HostMechanisms implements Mechanisms {
  private static final Logger LOG = LoggerFactory.getLogger(HostMechanisms.class);

  private final FunctionDirectory directory;
  private final MissingFunctions missing;
  private final BiConsumer<String, String> report;
  private final IntConsumer exit;
  private final Map<Isolation, WorkerLauncher> launchers = new ConcurrentHashMap<>();
  private volatile @Nullable DatabaseMechanism database;
  private @Nullable DatabaseReports databaseReports;
  private volatile @Nullable SharedMemoryMechanism sharedMemory;
  private volatile @Nullable Supervisor supervisor;
  private volatile @Nullable LibraryLoader loader;

  HostMechanisms(
      FunctionDirectory directory,
      MissingFunctions missing,
      BiConsumer<String, String> report,
      IntConsumer exit) {
    this.directory = directory;
    this.missing = missing;
    this.report = report;
    this.exit = exit;
  }

  /** Sets what is made after this: supervisor and mechanisms need each other. */
  void connect(Supervisor supervisor, LibraryLoader loader) {
    this.supervisor = supervisor;
    this.loader = loader;
  }

  void add(WorkerLauncher launcher) {
    launchers.put(launcher.isolation(), launcher);
  }

  void remove(WorkerLauncher launcher) {
    launchers.remove(launcher.isolation(), launcher);
  }

  /** A bundle offers databases; its first phase is known before anybody can register for it. */
  synchronized void add(DatabaseMechanism mechanism, DatabaseReports reports) {
    DatabaseReports before = databaseReports;
    if (before != null) {
      before.close();
    }
    databaseReports = reports;
    mechanism.follow(reports);
    database = mechanism;
  }

  /** A bundle offers databases no longer. */
  synchronized void remove(DatabaseMechanism mechanism) {
    DatabaseReports reports = databaseReports;
    if (database == mechanism && reports != null) {
      database = null;
      databaseReports = null;
      reports.close();
    }
  }

  void sharedMemory(@Nullable SharedMemoryMechanism mechanism) {
    sharedMemory = mechanism;
  }

  @Nullable DatabaseMechanism database() {
    return database;
  }

  @Nullable SharedMemoryMechanism sharedMemory() {
    return sharedMemory;
  }

  /** Returns the rule of who may have a slot, as things are now; with the baton held. */
  Admission admission(Supervisor of) {
    return new Admission(
        of.rules(),
        of.table.used(),
        of.libraries()::count,
        database != null,
        launchers::containsKey);
  }

  @Override
  public String symbolicName(String library) {
    return directory.symbolicName(library);
  }

  @Override
  public Outlook outlook(WorkerSlot slot, Phase phase) {
    BackgroundWorker worker = slot.worker();
    if (phase == Phase.STOPPING) {
      return new Outlook.Never();
    }
    Outlook down = down(slot, database);
    if (down != null) {
      return down; // before the phase, which may be the same database's
    } else if (!Phases.allows(phase, worker.startTime())) {
      return new Outlook.Wait(
          new WorkerReason(Code.PHASE, Phases.words(phase, worker.startTime())));
    } else if (directory.find(worker.library(), worker.function()) != null) {
      return new Outlook.Available();
    } else if (LoadedFunction.OfHost.isHost(worker.library()) || slot.loadTried()) {
      return new Outlook.Missing(missing.fromMemory(worker));
    }
    return new Outlook.Load();
  }

  /** Tells that a worker, parked because its database was down, would find it down still. */
  static Outlook.@Nullable Down down(WorkerSlot slot, @Nullable DatabaseMechanism databases) {
    boolean waits =
        slot.state() == WorkerState.PARKED
            && slot.why().filter(reason -> reason.code() == Code.DATABASE_DOWN).isPresent();
    if (!waits || databases == null) {
      return null;
    }
    return databases
        .down(slot.id())
        .map(words -> new Outlook.Down(new WorkerReason(Code.DATABASE_DOWN, words)))
        .orElse(null);
  }

  @Override
  public WorkerLauncher launcher(BackgroundWorker worker) {
    Supervisor of = supervisor;
    Isolation isolation =
        of == null
            ? Isolation.THREAD
            : of.rules().isolation(worker, symbolicName(worker.library()));
    WorkerLauncher launcher = launchers.get(isolation);
    if (launcher == null) {
      throw new IllegalStateException(
          "no bundle of this host runs workers in isolation " + isolation);
    }
    return launcher;
  }

  @Override
  public void load(WorkerSlot slot) {
    LibraryLoader present = loader;
    if (present != null) {
      present.load(slot.worker().library(), outcome -> loaded(slot, outcome));
    }
  }

  /** On the loader's thread: the reasons are found here, where asking the framework is allowed. */
  private void loaded(WorkerSlot slot, LoadOutcome outcome) {
    Supervisor of = supervisor;
    if (of == null) {
      return;
    }
    BackgroundWorker worker = slot.worker();
    Bundle bundle = outcome instanceof LoadOutcome.Loaded loaded ? loaded.bundle() : null;
    WorkerReason reason =
        bundle == null
            ? ((LoadOutcome.NotLoaded) outcome).reason()
            : missing.inBundle(worker, bundle);
    of.perform(
        Kind.REQUEST,
        () -> {
          WorkerSlot now = of.table.slot(slot.index(), slot.generation());
          boolean there = directory.find(worker.library(), worker.function()) != null;
          // somebody may have stopped it meanwhile, which is the better reason
          WorkerReason why =
              bundle == null || bundle.getState() == Bundle.ACTIVE
                  ? reason
                  : BundleWatch.notActive(bundle);
          of.apply(
              now,
              there ? new Event.LibrarySought() : new Attempt(new Outlook.Missing(why)),
              of.moment());
        });
  }

  @Override
  public void abandoned(WorkerSlot slot, LaunchedWorker life) {
    String stack = life.stack();
    life.abandon();
    LOG.warn(
        "background worker \"{}\" of type \"{}\" ({}) ignored every request; its thread runs on"
            + " at\n{}",
        slot.worker().name(),
        slot.worker().type(),
        slot.id(),
        stack);
  }

  @Override
  public void crashEndsHost(WorkerSlot slot, ExitStatus status) {
    String message =
        "background worker \"%s\" (%s) crashed with %s: the host ends"
            .formatted(slot.worker().name(), slot.id(), status);
    LOG.error(message);
    report.accept(
        "error",
        message
            + "\ndetail: restart_after_crash is off\nhint: Set restart_after_crash = on to go on.");
    exit.accept(1);
  }

  @Override
  public void stepFailed(WorkerSlot slot, Event event, Throwable thrown) {
    LOG.error(
        "background worker \"{}\" ({}) is in doubt: {} failed; please report this",
        slot.worker().name(),
        slot.id(),
        event,
        thrown);
  }
}
