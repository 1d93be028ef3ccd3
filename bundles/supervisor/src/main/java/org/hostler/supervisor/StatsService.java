// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.Explanation;
import org.hostler.worker.stat.HostStat;
import org.hostler.worker.stat.LibraryStat;
import org.hostler.worker.stat.PreloadStat;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerState;
import org.hostler.worker.stat.WorkerStats;

/** What there is to see, read from the table and the event stream. */
final class StatsService implements WorkerStats {

  /**
   * What of the host does not change.
   *
   * @param version Hostler's version
   * @param framework the framework's name and version
   * @param base the directory of the instance
   * @param startMillis when the JVM was started, wall clock
   */
  record HostFacts(String version, String framework, String base, long startMillis) {}

  private final Supervisor supervisor;
  private final StatReader reader;
  private final HostFacts facts;
  private final Supplier<List<PreloadStat>> preload;
  private final Supplier<List<LibraryStat>> libraries;
  private final Supplier<List<String>> starving;
  private final Supplier<Optional<String>> phaseReason;
  private final AtomicInteger subscriptions = new AtomicInteger();

  StatsService(
      Supervisor supervisor,
      StatReader reader,
      HostFacts facts,
      Supplier<List<PreloadStat>> preload,
      Supplier<List<LibraryStat>> libraries,
      Supplier<List<String>> starving,
      Supplier<Optional<String>> phaseReason) {
    this.supervisor = supervisor;
    this.reader = reader;
    this.facts = facts;
    this.preload = preload;
    this.libraries = libraries;
    this.starving = starving;
    this.phaseReason = phaseReason;
  }

  @Override
  public HostStat host() {
    Map<WorkerState, Integer> counts = new EnumMap<>(WorkerState.class);
    for (WorkerState state : WorkerState.values()) {
      counts.put(state, supervisor.table.count(state));
    }
    return new HostStat(
        supervisor.phase(),
        ProcessHandle.current().pid(),
        facts.version(),
        Runtime.version().toString(),
        facts.framework(),
        facts.base(),
        Instant.ofEpochMilli(facts.startMillis()),
        Duration.ofMillis(supervisor.moment().millis() - facts.startMillis()),
        supervisor.rules().maxSlots(),
        supervisor.table.used(),
        counts);
  }

  @Override
  public List<WorkerStat> workers() {
    List<WorkerStat> all = new ArrayList<>(supervisor.table.used());
    StatReader.Times times = new StatReader.Times();
    for (int i = 0; i < supervisor.table.length(); i++) {
      WorkerSlot slot = supervisor.table.slot(i);
      if (slot != null) {
        all.add(reader.read(slot, times));
      }
    }
    return all;
  }

  @Override
  public Optional<WorkerStat> worker(WorkerId id) {
    return slot(id).map(reader::read);
  }

  private Optional<WorkerSlot> slot(WorkerId id) {
    return Optional.ofNullable(supervisor.table.slot(id.slot(), id.generation()));
  }

  @Override
  public List<WorkerEvent> history(int limit) {
    return supervisor.events.newest(event -> true, limit);
  }

  @Override
  public List<WorkerEvent> history(WorkerId id, int limit) {
    return supervisor.events.newest(event -> event.id().filter(id::sameWorker).isPresent(), limit);
  }

  @Override
  public Optional<Explanation> explain(WorkerId id) {
    return slot(id).map(s -> Explainer.explain(s, reader.read(s), supervisor.rules(), notes(s)));
  }

  private List<String> notes(WorkerSlot slot) {
    List<String> notes = new ArrayList<>(starving.get());
    slot.why()
        .filter(reason -> reason.code() == Code.PHASE)
        .flatMap(reason -> phaseReason.get())
        .ifPresent(notes::add);
    return notes;
  }

  @Override
  public List<PreloadStat> preload() {
    return preload.get();
  }

  @Override
  public List<LibraryStat> functions() {
    return libraries.get();
  }

  @Override
  public Subscription subscribe(Consumer<WorkerEvent> listener) {
    return supervisor.events.subscribe(
        "hostler-listener-" + subscriptions.incrementAndGet(), listener);
  }
}
