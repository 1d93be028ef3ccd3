// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.worker.spi.WorkerLauncher.LaunchedWorker;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends all workers when the host stops (contract O3–O7, O10): asks all at once, in reverse start
 * order, and waits for them with one deadline; names those that are late.
 */
final class HostStop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HostStop.class);
  private static final Duration AFTER_DEADLINE = Duration.ofMillis(300);

  private final Supervisor supervisor;
  private final BiConsumer<String, String> report;
  private final IntConsumer exit;
  private final AtomicBoolean begun = new AtomicBoolean();

  HostStop(Supervisor supervisor, BiConsumer<String, String> report, IntConsumer exit) {
    this.supervisor = supervisor;
    this.report = report;
    this.exit = exit;
  }

  /** Runs the whole stop on the calling thread; a second call returns at once. */
  @Override
  public void run() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    report.accept("state", Phase.STOPPING.toString());
    try {
      stop();
    } finally {
      report.accept("workers", "gone"); // the host goes on in any case
    }
  }

  private void stop() {
    long firstEvent = supervisor.events.last();
    supervisor.perform(Kind.STOP, this::askAll);
    awaitAll();
    reportLate();
    List<WorkerEvent> crashes =
        supervisor.events.newest(
            event -> event.seq() > firstEvent && event.kind() == WorkerEvent.Kind.CRASHED, 1);
    if (!crashes.isEmpty()) {
      exit.accept(1); // abnormal shutdown (C11)
    }
  }

  /** Asks all workers to end; with the baton held. */
  void askAll() {
    supervisor.phase(Phase.STOPPING);
    List<WorkerSlot> all = new ArrayList<>();
    for (int i = 0; i < supervisor.table.length(); i++) {
      WorkerSlot slot = supervisor.table.slot(i);
      if (slot != null) {
        all.add(slot);
      }
    }
    all.sort(
        Comparator.<WorkerSlot>comparingLong(slot -> slot.times().startedNanos())
            .thenComparingLong(WorkerSlot::generation)
            .reversed());
    Moment now = supervisor.moment();
    all.forEach(slot -> supervisor.apply(slot, new Event.HostStops(), now));
  }

  private void awaitAll() {
    long nanos = supervisor.rules().lifecycle().stopTimeout().plus(AFTER_DEADLINE).toNanos();
    try {
      supervisor.waiters.await(
          Waiters.ANY,
          () -> supervisor.table.used() == supervisor.table.count(WorkerState.ABANDONED),
          nanos,
          () -> {});
    } catch (InterruptedException e) {
      LOG.warn("interrupted while waiting for the workers to end; the host stops without them");
      Thread.currentThread().interrupt();
    }
  }

  private void reportLate() {
    for (int i = 0; i < supervisor.table.length(); i++) {
      WorkerSlot slot = supervisor.table.slot(i);
      LaunchedWorker life = supervisor.table.life(i);
      if (slot != null && slot.state().alive()) {
        String where = life == null ? "" : topFrame(life.stack());
        report.accept("late", "\"%s\" (%s)%s".formatted(slot.worker().name(), slot.id(), where));
      }
    }
  }

  private static String topFrame(String stack) {
    return stack.lines().findFirst().map(frame -> " " + frame.strip()).orElse("");
  }
}
