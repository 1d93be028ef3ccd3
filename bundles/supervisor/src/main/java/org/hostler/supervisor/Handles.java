// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerStat;

/** Makes handles, and is what they have in common. */
final class Handles {
  private static final long LONGEST = Long.MAX_VALUE / 2;

  final Supervisor supervisor;
  final StatReader reader;
  final Executor errands;

  Handles(Supervisor supervisor, StatReader reader, Executor errands) {
    this.supervisor = supervisor;
    this.reader = reader;
    this.errands = errands;
  }

  WorkerHandle handle(int slot, long generation) {
    return new WorkerHandle(this, slot, generation);
  }

  List<BackgroundWorkerHandle> find(String name) {
    List<BackgroundWorkerHandle> found = new ArrayList<>();
    SlotTable table = supervisor.table;
    for (int i = 0; i < table.length(); i++) {
      WorkerSlot slot = table.slot(i);
      if (slot != null && slot.worker().name().equals(name)) {
        found.add(handle(i, slot.generation()));
      }
    }
    return found;
  }

  Optional<BackgroundWorkerHandle> find(WorkerId id) {
    WorkerSlot slot = supervisor.table.slot(id.slot(), id.generation());
    return slot == null ? Optional.empty() : Optional.of(handle(id.slot(), id.generation()));
  }

  Optional<WorkerStat> stat(int slot, long generation) {
    WorkerSlot worker = supervisor.table.slot(slot, generation);
    return worker == null ? Optional.empty() : Optional.of(reader.read(worker));
  }

  /**
   * Waits on the calling thread. When that is a worker's, the wait shows in its row (contract H10)
   * and is an interrupt check (H7).
   */
  boolean await(int slot, BooleanSupplier done, Duration timeout, Supplier<String> what)
      throws InterruptedException {
    WorkerLife self = WorkerLife.current();
    long nanos =
        timeout.compareTo(Duration.ofNanos(LONGEST)) > 0 ? LONGEST : Math.max(0, timeout.toNanos());
    if (self == null) {
      return supervisor.waiters.await(slot, done, nanos, () -> {});
    }
    self.waiting(what);
    try {
      return supervisor.waiters.await(slot, done, nanos, self::checkForInterrupts);
    } finally {
      self.waiting(null);
    }
  }
}
