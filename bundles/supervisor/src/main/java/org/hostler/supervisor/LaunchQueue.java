// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayDeque;
import java.util.Queue;
import org.hostler.worker.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * Those whose turn to be launched has come, first come, first served. One that went away meanwhile
 * is passed over, and so is one that has had a life since it was queued: its next restart is due
 * when its policy says so. Used with the baton held; {@link #isEmpty()} is for any thread and may
 * be stale.
 */
final class LaunchQueue {
  private final Queue<WorkerId> queue = new ArrayDeque<>();
  private volatile int size;

  void add(WorkerSlot slot) {
    queue.add(slot.id());
    size = queue.size();
  }

  /** Takes the next; null when it is gone, or has been launched by another way. */
  @Nullable WorkerSlot next(SlotTable table) {
    WorkerId id = queue.poll();
    size = queue.size();
    if (id == null) {
      return null;
    }
    WorkerSlot slot = table.slot(id.slot(), id.generation());
    boolean waits = slot != null && !slot.state().alive() && slot.incarnation() == id.incarnation();
    return waits ? slot : null;
  }

  boolean isEmpty() {
    return size == 0;
  }
}
