// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.RestartPolicy.Delayed;
import org.hostler.worker.RestartPolicy.Limit;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;

/** What has to hold at every moment of a {@link Simulation}, whatever happens in it. */
final class SimulationRules {

  /** One registration as the rules see it, from outside. */
  private static final class Watched {
    final RestartPolicy policy;
    int incarnation;
    boolean lives;
    boolean gone;

    /** Whether a removal of its database has ever held it, which parks also what never restarts. */
    boolean held;

    /** Since when it is in backoff; -1 when it is not. */
    long backoffSince = -1;

    int restartsInRow;
    final List<Long> restarts = new ArrayList<>();

    Watched(RestartPolicy policy) {
      this.policy = policy;
    }

    void afresh() {
      backoffSince = -1;
      restartsInRow = 0;
      restarts.clear();
    }
  }

  /** The whole table is looked at after so many steps. */
  private static final int LOOK_AT_ALL = 50;

  private final ManualSupervisor host;
  private final Map<Long, Watched> watched = new HashMap<>();
  private long lastEvent;
  private long lastDisturbance;
  private AssertionError broken;
  private long checks;

  SimulationRules(ManualSupervisor host) {
    this.host = host;
  }

  // ---- what the simulation says

  void registered(WorkerId id, RestartPolicy policy) {
    watch(id.generation(), policy);
  }

  private Watched watch(long generation, RestartPolicy policy) {
    return watched.computeIfAbsent(generation, g -> new Watched(policy));
  }

  void refused(RegistrationRefused refused) {
    assertThat(refused.reason()).isEqualTo(Reason.TABLE_FULL);
    assertThat(host.supervisor.table.used()).isEqualTo(host.supervisor.rules().maxSlots());
  }

  /** The world changed in a way that may hold a due restart up. */
  void disturbed() {
    readEvents();
    lastDisturbance = host.now();
  }

  void restarted(WorkerSlot slot) {
    readEvents();
    if (!slot.state().alive()) {
      watched.get(slot.generation()).afresh();
    }
  }

  /** A launcher's throwables become exits, so what is wrong is kept for the next check. */
  void launched(WorkerId id, BackgroundWorker worker) {
    try {
      mayBeLaunched(id, worker);
    } catch (AssertionError wrong) {
      broken = wrong;
    }
  }

  private void mayBeLaunched(WorkerId id, BackgroundWorker worker) {
    readEvents();
    Watched it = watch(id.generation(), worker.restart()); // launched while it is registered
    require(!it.gone, "launched after its end", id);
    require(!it.lives, "two lives at once", id);
    require(id.incarnation() == it.incarnation + 1, "the wrong life", id);
    it.incarnation = id.incarnation();
    it.lives = true;
    if (it.backoffSince >= 0) {
      restartIsOnTime(id, it);
    }
  }

  void ended(WorkerId id) {
    watched.get(id.generation()).lives = false;
  }

  private void restartIsOnTime(WorkerId id, Watched it) {
    Delayed policy = (Delayed) it.policy;
    long delay = policy.delay(it.restartsInRow).toNanos();
    long waited = host.now() - it.backoffSince;
    require(waited >= delay, "restarted too early", id);
    boolean undisturbed = lastDisturbance < it.backoffSince;
    require(!undisturbed || waited <= delay * (1 + policy.jitter()) + 1, "restarted late", id);
    it.backoffSince = -1;
    it.restarts.add(host.now());
    policy.limit().ifPresent(limit -> require(withinLimit(it, limit), "restarted too often", id));
  }

  private static boolean withinLimit(Watched it, Limit limit) {
    int last = it.restarts.size() - 1;
    int before = last - limit.restarts();
    return before < 0
        || it.restarts.get(last) - it.restarts.get(before) >= limit.window().toNanos();
  }

  /** Cheap, since it is done millions of times: words are made only when something is wrong. */
  private void require(boolean holds, String otherwise, Object of) {
    if (!holds) {
      throw new AssertionError("%s at %d: %s".formatted(otherwise, host.now(), of));
    }
  }

  // ---- what holds after each step

  List<WorkerSlot> registered() {
    List<WorkerSlot> all = new ArrayList<>();
    for (int i = 0; i < host.supervisor.table.length(); i++) {
      WorkerSlot slot = host.supervisor.table.slot(i);
      if (slot != null) {
        all.add(slot);
      }
    }
    return all;
  }

  void check() {
    readEvents();
    if (broken != null) {
      throw broken;
    }
    if (++checks % LOOK_AT_ALL == 0) {
      checkAll();
    }
  }

  private void checkAll() {
    assertThat(host.failures).isEmpty();
    int alive = 0;
    List<WorkerSlot> all = registered();
    for (WorkerSlot slot : all) {
      check(slot);
      alive += slot.state().alive() ? 1 : 0;
    }
    SlotTable table = host.supervisor.table;
    require(table.used() == all.size() && alive == alive(table), "counted wrong", all);
  }

  private static int alive(SlotTable table) {
    int alive = 0;
    for (WorkerState state : WorkerState.values()) {
      alive += state.alive() ? table.count(state) : 0;
    }
    return alive;
  }

  private void check(WorkerSlot slot) {
    WorkerState state = slot.state();
    boolean asked = state == WorkerState.STOPPING || state == WorkerState.ABANDONED;
    boolean waits = state == WorkerState.PENDING || state == WorkerState.PARKED;
    boolean timed =
        state == WorkerState.BACKOFF
            || state == WorkerState.PARKED
            || state == WorkerState.STOPPING;
    boolean mustBeTimed = state == WorkerState.BACKOFF || state == WorkerState.STOPPING;
    boolean due = slot.deadline() != WorkerSlot.NEVER;
    boolean right =
        asked == (slot.stopping() != null)
            && waits == (slot.reason() != null)
            && (due ? timed && slot.deadline() > host.now() : !mustBeTimed)
            && state.alive() == (host.supervisor.table.life(slot.index()) != null)
            && (state.alive()
                || !watched.containsKey(slot.generation())
                || !watched.get(slot.generation()).lives)
            && state != WorkerState.REQUESTED;
    require(right, "in a state that cannot be", slot);
  }

  private void readEvents() {
    while (lastEvent < host.supervisor.events.last()) {
      WorkerEvent event = host.supervisor.events.event(++lastEvent);
      if (event.id().isPresent()) {
        read(event, event.id().get());
      }
    }
  }

  private void read(WorkerEvent event, WorkerId id) {
    Watched it = watched.get(id.generation());
    if (it == null) {
      WorkerSlot slot = host.slot(id);
      it = watch(id.generation(), slot == null ? RestartPolicy.never() : slot.worker().restart());
    }
    require(!it.gone, "an event after its end", event);
    switch (event.kind()) {
      case EXITED, CRASHED -> {
        it.lives = false;
        it.backoffSince = -1;
      }
      case BACKOFF -> {
        it.backoffSince = host.now();
        it.restartsInRow++;
      }
      case PARKED -> {
        it.backoffSince = -1;
        boolean limit = event.detail().startsWith(Code.LIMIT_REACHED.name());
        require(!limit || ((Delayed) it.policy).limit().isPresent(), "parked by no limit", id);
        boolean down = event.detail().startsWith(Code.DATABASE_DOWN.name());
        it.held |= event.detail().endsWith("removed");
        require(!down || it.held || it.policy instanceof Delayed, "parked although never", id);
      }
      case UNREGISTERED -> it.gone = true;
      default -> {}
    }
    WorkerSlot slot = host.slot(id);
    if (slot != null && slot.budget().inRow() == 0) {
      it.restartsInRow = 0; // a person restarted it while it ran
      it.restarts.clear();
    }
  }

  /** The host has stopped and the last life has ended. */
  void checkEnd() {
    check();
    checkAll();
    assertThat(registered()).isEmpty();
    assertThat(host.supervisor.nextDeadline()).isEqualTo(WorkerSlot.NEVER);
    assertThat(host.supervisor.hasWork()).isFalse();
    assertThat(host.supervisor.libraries().count("org.acme.jobs")).isZero();
    assertThat(host.supervisor.table.lowestFree()).isZero();
  }
}
