// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hostler.database.WorkerDatabase;
import org.hostler.shmem.SharedMemory;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.InterruptBlock;
import org.hostler.worker.Latch;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.WorkerCancelled;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.WorkerTerminated;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.spi.WorkerLauncher.LaunchListener;
import org.hostler.worker.spi.WorkerLauncher.LaunchedWorker;
import org.hostler.worker.stat.WorkerEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One life of a worker in a thread of this JVM: what the thread runs, what the worker sees of the
 * host, and what the supervisor holds of it.
 *
 * <p>A hundred thousand of these may live at once, so everything that not every worker needs is
 * made when it is first asked for.
 */
final class WorkerLife implements WorkerContext, LaunchedWorker, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLife.class);
  private static final Current CURRENT = new Current();
  private static final int LONGEST_STATUS = 1_000;
  private static final int ROOM_FOR_ID = 24;

  private final WorkerId id;
  private final BackgroundWorker worker;
  private final LaunchListener listener;
  private final LifeServices services;
  private final LoadedFunction function;
  private final Consumer<WorkerLife> threads;
  private final WorkerLatch latch = new WorkerLatch();
  private final WorkerRequests requests = new WorkerRequests();

  private final LifeThread thread = new LifeThread();

  private volatile SettingsSnapshot settings;
  private volatile @Nullable WorkerHooks hooks;
  private volatile @Nullable LifeDoors doors;
  private volatile String statusText = "";
  private volatile @Nullable Supplier<String> waitsFor;
  private volatile boolean abandoned;

  /** What databases had to do with the end; written and read by the worker's thread. */
  private Ending ending = Ending.NONE;

  /** Set when the main has ended: requests are not acted on any more (contract X14). */
  private boolean exiting;

  WorkerLife(
      WorkerId id,
      BackgroundWorker worker,
      LaunchListener listener,
      LifeServices services,
      LoadedFunction function,
      Consumer<WorkerLife> threads) {
    this.id = id;
    this.worker = worker;
    this.listener = listener;
    this.services = services;
    this.function = function;
    this.threads = threads;
    this.settings = services.settings().get();
  }

  /** Returns the life the calling thread runs; null when it runs none. */
  static @Nullable WorkerLife current() {
    return CURRENT.get();
  }

  /** Returns what its thread is called. */
  String threadName() {
    String name = worker.name();
    String type = worker.type();
    return new StringBuilder(name.length() + type.length() + ROOM_FOR_ID)
        .append(name)
        .append(" (")
        .append(type)
        .append(") ")
        .append(id)
        .toString();
  }

  /** Returns the function this life runs. */
  LoadedFunction function() {
    return function;
  }

  /** Returns what the worker says it is doing, or for whom it waits (contract V4, H10). */
  String statusText() {
    Supplier<String> waiting = waitsFor;
    return waiting == null ? statusText : "waits for " + waiting.get();
  }

  /** Says for whom the worker waits; null when it waits no longer. */
  void waiting(@Nullable Supplier<String> whom) {
    waitsFor = whom;
  }

  /**
   * Inheritable only to stand in the same table of a thread as the log's context: a table more for
   * each of a hundred thousand threads is not small. Nothing is inherited.
   */
  private static final class Current extends InheritableThreadLocal<@Nullable WorkerLife> {
    @Override
    protected @Nullable WorkerLife childValue(@Nullable WorkerLife parents) {
      return null;
    }
  }

  // ---- what the thread runs

  /**
   * The frame below every main: a hundred thousand of it stand in memory at once, as an interpreter
   * or the first compiler makes them, with room for whatever the method does. So it does nothing
   * that another can do.
   */
  @Override
  public void run() {
    WorkerMain main = null;
    Throwable thrown = null;
    try {
      main = begin();
      if (main != null) {
        main.run(this);
      }
    } catch (Throwable any) { // becomes the exit status: nothing is lost
      thrown = any;
    }
    end(main, thrown);
  }

  /** Returns the main to run; null when the life was asked to end before. */
  private @Nullable WorkerMain begin() {
    enter();
    if (requests.asked(WorkerSignal.TERM)) {
      return null;
    }
    WorkerMain main = function.get();
    try {
      settings = services.settings().get(); // its activation may just have defined some
      listener.started();
    } catch (Throwable thrown) {
      function.release(main);
      throw thrown;
    }
    return main;
  }

  private void end(@Nullable WorkerMain main, @Nullable Throwable thrown) {
    ExitStatus status;
    try {
      status = exit(main, thrown);
      wrapUp(main, status);
    } catch (Throwable failed) { // whatever fails around the main: a life never ends in silence
      status = Exits.of(failed);
    }
    leave();
    listener.exited(status, ending);
  }

  private static ExitStatus exit(@Nullable WorkerMain main, @Nullable Throwable thrown) {
    if (thrown != null) {
      return Exits.of(thrown);
    }
    return main == null
        ? ExitStatus.failed("asked to end before its main was entered") // S11, T9
        : ExitStatus.done();
  }

  private void wrapUp(@Nullable WorkerMain main, ExitStatus status) {
    exiting = true;
    thread.block(); // interrupts are off (X14); a hook that hangs is abandoned in the end
    if (!abandoned) {
      askDoors(status);
      runExitHooks(status);
    }
    closeDoors();
    if (main != null) {
      function.release(main);
    }
  }

  private void enter() {
    thread.enter();
    latch.owner(Thread.currentThread());
    Thread.currentThread().setContextClassLoader(function.loader());
    CURRENT.set(this);
    MDC.put("worker.id", id.toString());
    MDC.put("worker.name", worker.name());
    MDC.put("worker.type", worker.type());
  }

  private void leave() {
    thread.leave();
    latch.owner(null);
    MDC.clear();
    CURRENT.remove();
  }

  private void runExitHooks(ExitStatus status) {
    WorkerHooks mine = hooks;
    Consumer<ExitStatus> hook = mine == null ? null : mine.takeExit();
    while (mine != null && hook != null) {
      try {
        hook.accept(status);
      } catch (Throwable thrown) { // the others still have to run (X13)
        LOG.warn("background worker \"{}\" ({}): an exit hook failed", worker.name(), id, thrown);
      }
      hook = mine.takeExit();
    }
  }

  /** Before the hooks: what they do with databases is not what ended the main. */
  private void askDoors(ExitStatus status) {
    LifeDoors mine = doors;
    boolean done = status instanceof ExitStatus.Done;
    if (mine != null && !done) {
      try {
        boolean asked = requests.asked(WorkerSignal.TERM); // no database is looked at any more
        ending = asked ? new Ending(mine.statement(status), "") : mine.ending(status);
      } catch (RuntimeException | Error e) { // how the life ended stays what it was
        LOG.warn("background worker \"{}\" ({}): its end is unexplained", worker.name(), id, e);
      }
    }
  }

  private void closeDoors() {
    LifeDoors mine = doors;
    if (mine != null) {
      try {
        mine.close();
      } catch (RuntimeException | Error e) { // how the life ended stays what it was
        LOG.warn("background worker \"{}\" ({}): its end was not clean", worker.name(), id, e);
      }
    }
  }

  // ---- what the worker sees

  @Override
  public WorkerId id() {
    return id;
  }

  @Override
  public BackgroundWorker entry() {
    return worker;
  }

  @Override
  public Latch latch() {
    return latch;
  }

  @Override
  public void checkForInterrupts() {
    if (requests.get() == 0 || thread.blocked() || exiting) {
      return;
    }
    if (requests.asked(WorkerSignal.TERM)) {
      requests.take(WorkerSignal.INT); // die beats cancel (L5)
      throw new WorkerTerminated(
          "terminating background worker \"%s\" due to administrator command"
              .formatted(worker.type()));
    }
    if (requests.take(WorkerSignal.INT)) {
      throw new WorkerCancelled("canceling statement due to user request");
    }
    if (requests.take(WorkerSignal.HUP)) {
      settings = services.settings().get();
      WorkerHooks mine = hooks;
      Runnable reload = mine == null ? null : mine.reload;
      if (reload != null) {
        reload.run();
      }
    }
    if (requests.take(WorkerSignal.USR1)) {
      handOutNotifications();
    }
  }

  private void handOutNotifications() {
    WorkerHooks mine = hooks;
    Consumer<WorkerEvent> hook = mine == null ? null : mine.notification;
    WorkerEvent event = requests.takeNotification();
    while (event != null) {
      if (hook != null) {
        hook.accept(event);
      }
      event = requests.takeNotification();
    }
  }

  @Override
  public InterruptBlock blockInterrupts() {
    return thread.block();
  }

  @Override
  public void ready() {
    listener.ready();
  }

  @Override
  public void status(String text) {
    statusText = text.length() > LONGEST_STATUS ? text.substring(0, LONGEST_STATUS) : text;
  }

  @Override
  public void onTerminate(Runnable hook) {
    Runnable now = hooks().terminate(hook);
    if (now == null && requests.asked(WorkerSignal.TERM)) {
      now = hooks().takeTerminate(); // asked between our look and the other's
    }
    if (now != null) {
      runTerminateHook(now);
    }
  }

  @Override
  public void onReload(Runnable hook) {
    hooks().reload = hook;
  }

  @Override
  public void onNotify(Consumer<WorkerEvent> hook) {
    hooks().notification = hook;
  }

  @Override
  public void onExit(Consumer<ExitStatus> hook) {
    hooks().exit(hook);
  }

  private synchronized WorkerHooks hooks() {
    WorkerHooks mine = hooks;
    if (mine == null) {
      mine = new WorkerHooks();
      hooks = mine;
    }
    return mine;
  }

  @Override
  public SettingsSnapshot settings() {
    return settings;
  }

  @Override
  public WorkerDatabase database() {
    return doors().database();
  }

  @Override
  public SharedMemory sharedMemory() {
    return doors().sharedMemory();
  }

  private synchronized LifeDoors doors() {
    if (exiting || abandoned) {
      throw new IllegalStateException(
          "background worker \"%s\" (%s): this life is over".formatted(worker.name(), id));
    }
    LifeDoors mine = doors;
    if (mine == null) {
      mine = new LifeDoors(this, services);
      doors = mine;
    }
    return mine;
  }

  @Override
  public BackgroundWorkers workers() {
    return services.workers().apply(function.bundle());
  }

  // ---- what the supervisor holds

  @Override
  public void start() {
    threads.accept(this);
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(ProcessHandle.current().pid());
  }

  @Override
  public OptionalLong threadId() {
    return thread.id();
  }

  @Override
  public void signal(WorkerSignal signal) {
    boolean done = signal == WorkerSignal.INT && cancelStatement();
    if (!done) { // the statement fails with it (L6): once is enough
      requests.ask(signal);
    }
    WorkerHooks mine = hooks;
    if (signal == WorkerSignal.HUP && (mine == null || mine.reload == null)) {
      return; // adopts the settings at its next check, and is not woken for them (L3, T22)
    }
    wake();
    if (signal == WorkerSignal.TERM) {
      cancelStatement();
      Runnable hook = mine == null ? null : mine.takeTerminate();
      if (hook != null) {
        runTerminateHook(hook);
      }
    }
  }

  /** Tells whether a statement ran that was not cancelled before; held back as interrupts are. */
  private boolean cancelStatement() {
    LifeDoors mine = doors;
    return mine != null && !thread.blocked() && mine.cancelStatement();
  }

  /** Tells the worker about another one that names it in {@code notify} (N1). */
  void notification(WorkerEvent event) {
    requests.ask(event);
    wake();
  }

  private void wake() {
    latch.set();
    thread.wake(); // it may wait for another worker (H7)
  }

  private void runTerminateHook(Runnable hook) {
    services
        .foreign()
        .execute(
            () -> {
              try {
                hook.run();
              } catch (Throwable thrown) { // the worker is asked to end all the same
                LOG.warn(
                    "background worker \"{}\" ({}): its hook for termination failed",
                    worker.name(),
                    id,
                    thrown);
              }
            });
  }

  @Override
  public void interrupt() {
    if (!cancelStatement()) { // else it fails in order; if that does not help, the next rung does
      thread.interrupt(false);
    }
  }

  @Override
  public void abandon() {
    abandoned = true;
    thread.interrupt(true);
    LifeDoors mine = doors;
    if (mine != null) {
      mine.close(); // a late write fails
    }
  }

  @Override
  public String stack() {
    return thread.stack();
  }

  /** Returns the thread while it runs this life. */
  @Nullable Thread thread() {
    return thread.get();
  }
}
