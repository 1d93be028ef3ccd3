// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.Isolation;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.Explanation;
import org.hostler.worker.stat.HostStat;
import org.hostler.worker.stat.LibraryStat;
import org.hostler.worker.stat.PreloadStat;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerState;
import org.hostler.worker.stat.WorkerStats;

/** What there is to see, as a test wants it: lists of records, which do nothing by themselves. */
final class Seen implements WorkerStats {
  static final Instant AT = Instant.parse("2026-11-20T23:59:59.123456Z");

  final List<WorkerStat> workers = new ArrayList<>();
  final List<WorkerEvent> events = new ArrayList<>();
  final List<LibraryStat> libraries = new ArrayList<>();
  final List<Consumer<WorkerEvent>> listeners = new CopyOnWriteArrayList<>();

  /** What a listener is told before its subscription returns. */
  final List<WorkerEvent> atOnce = new ArrayList<>();

  /** Adds a worker in a state. */
  Seen worker(int slot, long generation, String name, WorkerState state) {
    workers.add(stat(slot, generation, name, state));
    return this;
  }

  /** Adds an event of the past. */
  Seen event(int slot, long generation, String name, WorkerEvent.Kind kind, int status) {
    events.add(event(events.size() + 1, slot, generation, name, kind, status));
    return this;
  }

  /** Adds a library; {@code null} functions: it declares none. */
  Seen library(String name, String version, Optional<List<String>> functions) {
    libraries.add(new LibraryStat(name, version, functions.isPresent(), "file", functions));
    return this;
  }

  /** Tells the listeners of an event. */
  void happens(WorkerEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  static WorkerEvent event(
      long seq, int slot, long generation, String name, WorkerEvent.Kind kind, int status) {
    boolean exit = kind == WorkerEvent.Kind.EXITED || kind == WorkerEvent.Kind.CRASHED;
    return new WorkerEvent(
        seq,
        AT.plusSeconds(seq),
        Optional.of(new WorkerId(slot, generation, 1)),
        name,
        name,
        kind,
        exit ? OptionalInt.of(status) : OptionalInt.empty(),
        "",
        exit ? "it failed" : "");
  }

  static WorkerStat stat(int slot, long generation, String name, WorkerState state) {
    boolean alive = state.alive();
    return new WorkerStat(
        new WorkerId(slot, generation, 1),
        worker(name, builder -> builder),
        false,
        Isolation.THREAD,
        "0.1.0",
        state,
        state == WorkerState.PARKED
            ? Optional.of(new WorkerReason(WorkerReason.Code.BUNDLE_STOPPED, "stopped by hand"))
            : Optional.empty(),
        alive ? OptionalLong.of(42) : OptionalLong.empty(),
        alive ? OptionalLong.of(77) : OptionalLong.empty(),
        state == WorkerState.BACKOFF ? 2 : 0,
        AT,
        alive ? Optional.of(AT.plusSeconds(1)) : Optional.empty(),
        Optional.empty(),
        state == WorkerState.BACKOFF ? Optional.of(AT.plusSeconds(9)) : Optional.empty(),
        state == WorkerState.BACKOFF
            ? Optional.of(new ExitStatus.Failed("java.io.IOException: gone", "a\n\tat b\n"))
            : Optional.empty(),
        state == WorkerState.BACKOFF ? Optional.of(AT.plusSeconds(5)) : Optional.empty(),
        "");
  }

  static BackgroundWorker worker(String name, UnaryOperator<BackgroundWorker.Builder> more) {
    return more.apply(
            BackgroundWorker.builder(name)
                .library("org.acme.jobs")
                .function("clean")
                .restart(RestartPolicy.never()))
        .build();
  }

  @Override
  public HostStat host() {
    return new HostStat(
        HostStat.Phase.RUN,
        42,
        "0.1.0",
        "17.0.15",
        "Felix 7.0.5",
        "/srv/a",
        AT,
        Duration.ofMillis(90_500),
        256,
        3,
        Map.of(WorkerState.RUNNING, 2, WorkerState.PARKED, 1));
  }

  @Override
  public List<WorkerStat> workers() {
    return List.copyOf(workers);
  }

  @Override
  public Optional<WorkerStat> worker(WorkerId id) {
    return workers.stream().filter(stat -> stat.id().sameWorker(id)).findFirst();
  }

  @Override
  public List<WorkerEvent> history(int limit) {
    return List.copyOf(events.subList(Math.max(0, events.size() - limit), events.size()));
  }

  @Override
  public List<WorkerEvent> history(WorkerId id, int limit) {
    List<WorkerEvent> own =
        events.stream().filter(e -> e.id().map(id::sameWorker).orElse(false)).toList();
    return own.subList(Math.max(0, own.size() - limit), own.size());
  }

  @Override
  public Optional<Explanation> explain(WorkerId id) {
    return worker(id)
        .map(
            stat ->
                new Explanation(stat, "why", "next", List.of(Duration.ofSeconds(1)), List.of()));
  }

  @Override
  public List<PreloadStat> preload() {
    return List.of();
  }

  @Override
  public List<LibraryStat> functions() {
    return List.copyOf(libraries);
  }

  @Override
  public Subscription subscribe(Consumer<WorkerEvent> listener) {
    listeners.add(listener);
    atOnce.forEach(listener);
    return () -> listeners.remove(listener);
  }
}
