// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.hostler.supervisor.WorkerSlot.LastExit;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.spi.WorkerLauncher.LaunchedWorker;
import org.hostler.worker.stat.WorkerStat;
import org.jspecify.annotations.Nullable;

/** Turns what the supervisor knows of a worker into what people see of it; takes no lock. */
final class StatReader {
  private final Supervisor supervisor;
  private final FunctionDirectory directory;

  /** What workers that are read one after the other have in common. Not for several threads. */
  static final class Times {
    private final Instants registered = new Instants();
    private final Instants started = new Instants();
    private final Instants ready = new Instants();
    private final Instants exited = new Instants();
  }

  StatReader(Supervisor supervisor, FunctionDirectory directory) {
    this.supervisor = supervisor;
    this.directory = directory;
  }

  /** Reads one worker. */
  WorkerStat read(WorkerSlot slot) {
    return read(slot, new Times());
  }

  /** Reads one of many, which share their times. */
  WorkerStat read(WorkerSlot slot, Times times) {
    boolean running = slot.state().alive();
    LaunchedWorker life = running ? supervisor.table.life(slot) : null;
    LastExit exit = slot.lastExit();
    Optional<ExitStatus> status =
        exit == null ? Optional.empty() : Optional.<ExitStatus>of(exit.status());
    return new WorkerStat(
        slot.id(),
        slot.worker(),
        slot.origin().registeredStatically(),
        supervisor
            .rules()
            .isolation(slot.worker(), directory.symbolicName(slot.worker().library())),
        version(slot, life),
        slot.state(),
        slot.why(),
        life == null ? OptionalLong.empty() : life.pid(),
        life == null ? OptionalLong.empty() : life.threadId(),
        Math.max(0, slot.incarnation() - 1),
        times.registered.of(slot.times().registered()).orElse(Instant.EPOCH),
        times.started.of(slot.times().started()),
        times.ready.of(slot.times().ready()),
        nextStart(slot),
        status,
        exit == null ? Optional.empty() : times.exited.of(exit.at()),
        life instanceof WorkerLife thread ? thread.statusText() : "");
  }

  private String version(WorkerSlot slot, @Nullable LaunchedWorker life) {
    LoadedFunction function =
        life instanceof WorkerLife thread
            ? thread.function()
            : directory.find(slot.worker().library(), slot.worker().function());
    return function == null ? "" : function.libraryVersion();
  }

  private Optional<Instant> nextStart(WorkerSlot slot) {
    if (slot.deadline() == WorkerSlot.NEVER || slot.state().alive()) {
      return Optional.empty();
    }
    Moment now = supervisor.moment();
    return Optional.of(
        Instant.ofEpochMilli(now.millis() + (slot.deadline() - now.nanos()) / 1_000_000));
  }
}
