// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.worker.Settings;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.spi.DatabaseMechanism;
import org.hostler.worker.spi.SharedMemoryMechanism;
import org.hostler.worker.spi.WorkerLauncher;
import org.hostler.worker.spi.WorkerLauncher.LaunchedWorker;
import org.hostler.worker.stat.HostStat;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerStats;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The supervisor with everything it is made of, put together; and what the preload list tells it.
 *
 * <p>Nothing is decided here. See {@link Supervisor} for who writes the table, {@link
 * WorkerLifecycle} for what becomes of a worker, {@link RestartDecision} for restarts, {@link
 * Admission} for who gets a slot, {@link BundleWatch} for bundles that come and go.
 */
final class Core implements PreloadListener {
  private static final String FUNCTIONS =
      "(&(objectClass=" + WorkerMain.class.getName() + ")(" + FunctionDirectory.PROPERTY + "=*))";

  final Supervisor supervisor;
  final FunctionDirectory directory;
  final Handles handles;
  final BundleWorkers.Doors doors;
  final StatReader reader;
  final Canary canary;
  final HostStop hostStop;
  private final HostPhase phase;
  private final HostMechanisms mechanisms;
  private final ThreadLauncher threads;
  private final StaticWorkers statics;
  private final AnnotatedWorkers annotated;
  private final BundleWatch watch;
  private final ServerLoop loop;
  private final Watchdog watchdog;
  private final Generations generations;
  private WorkerStats.@Nullable Subscription log;
  private final List<MechanismTracker<?>> trackers = new ArrayList<>();

  Core(
      BundleContext context,
      Settings settings,
      Generations generations,
      Errands errands,
      BiConsumer<String, String> report,
      IntConsumer exit) {
    this.generations = generations;
    Bundle host = context.getBundle();
    Ticker ticker = Ticker.SYSTEM;
    LongSupplier wallClock = InstantSource.system()::millis;
    directory = new FunctionDirectory(host);
    ComponentStates components = new ComponentStates(context, errands);
    mechanisms =
        new HostMechanisms(
            directory, new MissingFunctions(directory, components::why), report, exit);
    supervisor =
        new Supervisor(
            ticker,
            wallClock,
            () -> ThreadLocalRandom.current().nextDouble(),
            Rules.of(settings.current()),
            mechanisms);
    phase = new HostPhase(supervisor, report);
    reader = new StatReader(supervisor, directory);
    handles = new Handles(supervisor, reader, HostThreads::runForeign);
    Registrar registrar = new Registrar(supervisor, generations, mechanisms, handles);
    statics = new StaticWorkers(supervisor, registrar);
    annotated = new AnnotatedWorkers(supervisor, registrar, statics);
    doors = new BundleWorkers.Doors(supervisor, registrar, statics, handles);
    Supplier<SettingsSnapshot> current = settings::current;
    threads =
        new ThreadLauncher(
            directory,
            new LifeServices(
                current,
                bundle -> new BundleWorkers(bundle, doors),
                mechanisms::database,
                mechanisms::sharedMemory,
                HostThreads::runForeign));
    mechanisms.add(threads);
    canary = new Canary(supervisor, new CarrierCount(), Canary::fly);
    loop = new ServerLoop(supervisor, ticker);
    watchdog = new Watchdog(supervisor, canary, ticker);
    hostStop = new HostStop(supervisor, report, exit);
    watch =
        new BundleWatch(
            directory,
            new Drains(supervisor, directory),
            statics,
            annotated,
            components,
            threads,
            errands,
            hostStop);
  }

  /** Begins to follow the framework and to work; workers are launched after {@link #seal()}. */
  void start(BundleContext context, LibraryLoader loader) {
    mechanisms.connect(supervisor, loader);
    log = supervisor.events.subscribe("hostler-event-log", new EventLog(Ticker.SYSTEM));
    track(context);
    context.addBundleListener(watch);
    try {
      context.addServiceListener(watch, FUNCTIONS);
      for (ServiceReference<WorkerMain> reference :
          context.getServiceReferences(WorkerMain.class, null)) {
        watch.added(reference);
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("not a filter: " + FUNCTIONS, e);
    }
    loop.start();
    watchdog.start();
  }

  private void track(BundleContext context) {
    trackers.add(
        new MechanismTracker<>(context, WorkerLauncher.class, mechanisms::add, mechanisms::remove));
    trackers.add(
        new MechanismTracker<>(
            context,
            DatabaseMechanism.class,
            m -> mechanisms.add(m, new DatabaseReports(supervisor, phase::database)),
            mechanisms::remove));
    trackers.add(
        new MechanismTracker<>(
            context,
            SharedMemoryMechanism.class,
            mechanisms::sharedMemory,
            m -> mechanisms.sharedMemory(null)));
    trackers.forEach(MechanismTracker::open);
  }

  /** Adopts new settings: the supervisor's rules now, each worker's snapshot at its next check. */
  void reloaded(SettingsSnapshot snapshot) {
    supervisor.perform(
        Kind.RELOAD,
        () -> {
          supervisor.rules(Rules.of(snapshot));
          for (int i = 0; i < supervisor.table.length(); i++) {
            LaunchedWorker life = supervisor.table.life(i);
            if (life != null) {
              life.signal(WorkerSignal.HUP);
            }
          }
        });
    DatabaseMechanism databases = mechanisms.database();
    if (databases != null) {
      databases.settingsChanged();
    }
  }

  @Override
  public void preloading(Bundle bundle) {
    statics.preloading(bundle);
  }

  @Override
  public void preloaded(Bundle bundle) {
    // its static workers are in the table; they are launched after the seal
  }

  @Override
  public void seal() {
    supervisor.perform(Kind.REQUEST, supervisor::seal);
    annotated.sealed();
  }

  @Override
  public void phase(HostStat.Phase reached) {
    phase.host(reached);
  }

  @Override
  public void awaitDatabase(Duration timeout) throws InterruptedException {
    DatabaseMechanism databases = mechanisms.database();
    if (databases != null) {
      databases.awaitAnswer(timeout);
    }
  }

  @Override
  public boolean awaitSettled(Duration timeout) throws InterruptedException {
    return supervisor.waiters.await(Waiters.ANY, this::settled, timeout.toNanos(), () -> {});
  }

  /** Tells why the phase is not a later one; empty when no database decides it. */
  Optional<String> phaseReason() {
    DatabaseMechanism databases = mechanisms.database();
    return databases == null ? Optional.empty() : databases.phaseReason();
  }

  private boolean settled() {
    for (int i = 0; i < supervisor.table.length(); i++) {
      WorkerSlot slot = supervisor.table.slot(i);
      if (slot != null && slot.origin().registeredStatically() && stillComing(slot)) {
        return false;
      }
    }
    return true;
  }

  private static boolean stillComing(WorkerSlot slot) {
    if (slot.lastExit() != null || slot.incarnation() > 1) {
      return false; // launched once, whatever it does now
    }
    return switch (slot.state()) {
      case REQUESTED, STARTING -> true;
      case PENDING -> slot.why().filter(reason -> reason.code() == Code.PHASE).isEmpty();
      default -> false;
    };
  }

  void close() throws IOException {
    trackers.forEach(MechanismTracker::close);
    watchdog.close();
    loop.close();
    threads.close();
    generations.close();
    if (log != null) {
      log.close(); // last: it has the ends of the workers to tell
    }
  }
}
