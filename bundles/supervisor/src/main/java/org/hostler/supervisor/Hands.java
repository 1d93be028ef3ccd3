// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hostler.supervisor.Event.Outlook;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.spi.WorkerLauncher;
import org.hostler.worker.spi.WorkerLauncher.LaunchedWorker;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * The hands of the {@link Supervisor}: writes the table and does what a step of {@link
 * WorkerLifecycle} wants done. All of it with the baton held; what must not be done then is put off
 * until it is released.
 */
final class Hands {
  private final Supervisor supervisor;
  private final SlotTable table;
  private final EventStream events;
  private final Deadlines deadlines;
  private final LaunchQueue launches;
  private final LibraryIndex libraries;
  private final Mechanisms mechanisms;

  /** More lives than this, begun one after the other, keep others waiting. */
  private static final int FEW = 4;

  /** What has to wait for the end of the turn. */
  private List<Runnable> put = new ArrayList<>();

  /** The lives that this turn launched. */
  private List<Runnable> starts = new ArrayList<>(2);

  /** The slots that this turn changed. */
  private List<Integer> changed = new ArrayList<>();

  private boolean told;

  /** Whether something was put off that has to be done before anybody is told. */
  private boolean tellLast;

  Hands(
      Supervisor supervisor,
      Deadlines deadlines,
      LaunchQueue launches,
      LibraryIndex libraries,
      Mechanisms mechanisms) {
    this.supervisor = supervisor;
    this.table = supervisor.table;
    this.events = supervisor.events;
    this.deadlines = deadlines;
    this.launches = launches;
    this.libraries = libraries;
    this.mechanisms = mechanisms;
  }

  /**
   * What has to be done after a turn, with the baton released.
   *
   * @param first what takes microseconds
   * @param rest what may take longer; what comes meanwhile does not wait for it
   */
  record After(List<Runnable> first, List<Runnable> rest) {}

  /** Returns what has to be done now that the turn ends. */
  After handOver() {
    List<Runnable> first = starts;
    starts = new ArrayList<>(2);
    List<Runnable> rest = List.of();
    if (!put.isEmpty()) { // else the list stays with the turns: it must not be seen from outside
      rest = put;
      put = new ArrayList<>();
    }
    if (first.size() > FEW) {
      first.addAll(rest);
      rest = first;
      first = new ArrayList<>(2);
    }
    List<Runnable> telling = tellLast ? rest : first;
    tellLast = false;
    List<Integer> woken = changed;
    if (!woken.isEmpty()) {
      changed = new ArrayList<>(4);
      telling.add(() -> supervisor.waiters.wake(woken));
    }
    if (told) {
      told = false;
      telling.add(events::wakeListeners);
    }
    return new After(first, rest);
  }

  /** Notes that those who wait for any change have to look. */
  void changedAll() {
    changed.add(Waiters.ANY);
  }

  /** Lets something happen to a worker now. */
  void apply(@Nullable WorkerSlot slot, Event event, Moment now) {
    if (slot == null) {
      return;
    }
    try {
      carryOut(supervisor.rules().lifecycle().step(slot, event, now), now);
    } catch (Throwable thrown) { // one worker's trouble must not end everybody's supervisor
      failed(slot, event, thrown, now);
    }
  }

  /** Launches a worker whose turn has come, if that is possible now. */
  void attempt(WorkerSlot slot, Moment now) {
    apply(slot, new Event.Attempt(outlook(slot)), now);
  }

  private Outlook outlook(WorkerSlot slot) {
    try {
      return mechanisms.outlook(slot, supervisor.phase());
    } catch (Throwable thrown) { // as above
      Outlook none = cannotBegin(thrown);
      afterwards(() -> mechanisms.stepFailed(slot, new Event.Attempt(none), thrown));
      return none;
    }
  }

  private static Outlook cannotBegin(Throwable thrown) {
    return new Outlook.Missing(
        new WorkerReason(Code.FUNCTION_MISSING, "trying failed: " + Exits.cause(thrown)));
  }

  /**
   * A step that threw is a failed life: one that has ended, or that cannot begin, has status 1. A
   * life that runs goes on.
   */
  private void failed(WorkerSlot before, Event event, Throwable thrown, Moment now) {
    afterwards(() -> mechanisms.stepFailed(before, event, thrown));
    WorkerSlot slot = table.slot(before.index(), before.generation());
    if (slot == null) {
      return;
    }
    boolean runs = slot.state().alive() && table.life(slot.index()) != null;
    if (runs && !(event instanceof Event.Exited)) {
      return;
    }
    Event failure =
        slot.state().alive()
            ? new Event.Exited(slot.incarnation(), Exits.of(thrown), 0)
            : new Event.Attempt(cannotBegin(thrown));
    try {
      carryOut(supervisor.rules().lifecycle().step(slot, failure, now), now);
    } catch (Throwable again) {
      afterwards(() -> mechanisms.stepFailed(slot, failure, again));
    }
  }

  private void carryOut(Step step, Moment now) {
    WorkerSlot slot = step.slot();
    int index = slot.index();
    if (!slot.state().alive()) {
      table.life(index, null);
    }
    table.publish(slot);
    deadlines.set(index, slot.deadline());
    changed.add(index);
    boolean exited = false;
    for (Action action : step.actions()) {
      if (action instanceof Action.Emit emit) {
        exited |= emit.kind() == WorkerEvent.Kind.EXITED || emit.kind() == WorkerEvent.Kind.CRASHED;
        tell(slot, emit, exited, now);
      } else {
        carryOut(slot, action);
      }
    }
  }

  private void carryOut(WorkerSlot slot, Action action) {
    LaunchedWorker life = table.life(slot.index());
    if (action instanceof Action.Launch) {
      launch(slot);
    } else if (action instanceof Action.Enqueue) {
      enqueue(slot);
    } else if (action instanceof Action.Load) {
      afterwards(() -> mechanisms.load(slot));
    } else if (action instanceof Action.Free) {
      free(slot);
    } else if (action instanceof Action.EndHost end) {
      afterwards(() -> mechanisms.crashEndsHost(slot, end.status()));
    } else if (life != null) {
      carryOut(slot, life, action);
    }
  }

  private void carryOut(WorkerSlot slot, LaunchedWorker life, Action action) {
    if (action instanceof Action.Send send) {
      afterwards(() -> send(slot, life, send.signal()));
    } else if (action instanceof Action.Interrupt) {
      afterwards(life::interrupt);
    } else if (action instanceof Action.Abandon) {
      afterwards(() -> mechanisms.abandoned(slot, life));
      tellLast = true; // who waits for the end of its life goes on, and its session is gone by then
    }
  }

  private void send(WorkerSlot slot, LaunchedWorker life, WorkerSignal signal) {
    try {
      life.signal(signal);
    } catch (Throwable thrown) { // the ladder goes on all the same
      mechanisms.stepFailed(slot, new Event.Signal(signal), thrown);
    }
  }

  private void launch(WorkerSlot slot) {
    WorkerId id = slot.id();
    try {
      WorkerLauncher launcher = mechanisms.launcher(slot.worker());
      LaunchedWorker life = launcher.launch(id, slot.worker(), new LifeListener(supervisor, id));
      table.life(id.slot(), life);
      starts.add(() -> start(id, life));
    } catch (Throwable thrown) { // a launch that fails is an exit with status 1 (S5)
      supervisor.exited(id, Exits.of(thrown), Ending.NONE);
    }
  }

  private void start(WorkerId id, LaunchedWorker life) {
    try {
      life.start();
    } catch (Throwable thrown) { // as above; not by a turn within this one, whose starts fail too
      supervisor.notStarted(id, Exits.of(thrown));
    }
  }

  private void free(WorkerSlot slot) {
    table.free(slot.index());
    deadlines.set(slot.index(), WorkerSlot.NEVER);
    libraries.remove(slot);
  }

  private void tell(WorkerSlot slot, Action.Emit emit, boolean exited, Moment now) {
    WorkerEvent event =
        events.publish(slot, emit.kind(), emit.status(), emit.detail(), now.millis());
    told = true;
    if (slot.worker().notifyId().isPresent() && Notifications.wanted(event, exited)) {
      Notifications.deliver(table, slot.worker().notifyId().get(), event);
    }
  }

  /** Puts work off until the baton is released. */
  void afterwards(Runnable work) {
    put.add(work);
  }

  /** Adds a worker in the lowest free slot. */
  WorkerSlot add(BackgroundWorker worker, WorkerSlot.Origin origin, long generation, Moment now) {
    WorkerSlot slot = WorkerSlot.requested(table.lowestFree(), generation, worker, origin, now);
    table.add(slot);
    libraries.add(slot);
    changed.add(slot.index());
    tell(slot, Action.emit(WorkerEvent.Kind.REGISTERED, ""), false, now);
    enqueue(slot);
    return slot;
  }

  /** Nobody is launched while the preload list is worked off; the seal enqueues those that wait. */
  private void enqueue(WorkerSlot slot) {
    if (supervisor.sealed()) {
      launches.add(slot);
    }
  }

  /** Enqueues those that wait for the seal or for a phase, in the order of registration (R17). */
  void enqueueWaiting() {
    List<WorkerSlot> waiting = new ArrayList<>();
    for (int i = 0; i < table.length(); i++) {
      WorkerSlot slot = table.slot(i);
      if (slot != null && waitsForPhase(slot)) {
        waiting.add(slot);
      }
    }
    waiting.sort(Comparator.comparingLong(WorkerSlot::generation));
    waiting.forEach(this::enqueue);
  }

  private static boolean waitsForPhase(WorkerSlot slot) {
    boolean phase = slot.why().filter(reason -> reason.code() == Code.PHASE).isPresent();
    return slot.state() == WorkerState.REQUESTED || (slot.state() == WorkerState.PENDING && phase);
  }

  /** Tells everybody something of a worker that does not change it; with the baton held. */
  void announce(WorkerSlot slot, WorkerEvent.Kind kind, String detail, Moment now) {
    tell(slot, Action.emit(kind, detail), false, now);
  }

  /** Tells everybody of a refused registration. */
  void refused(String name, String type, String detail, Moment now) {
    events.refused(name, type, detail, now.millis());
    told = true;
  }
}
