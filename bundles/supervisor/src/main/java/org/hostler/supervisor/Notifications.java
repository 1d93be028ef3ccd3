// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;

/** Wakes the worker that another one names in {@code notify} (contract N1–N3). */
final class Notifications {
  private Notifications() {}

  /**
   * Tells whether an event is one that {@code notify} promises: a launch, an end of a life, or the
   * end of a registration that had no life to end.
   *
   * @param event what happened
   * @param exited whether the same step ended a life
   */
  static boolean wanted(WorkerEvent event, boolean exited) {
    return switch (event.kind()) {
      case STARTED, EXITED, CRASHED -> true;
      case UNREGISTERED -> !exited;
      default -> false;
    };
  }

  /** Delivers an event; dropped when the subscriber's life is over. With the baton held. */
  static void deliver(SlotTable table, WorkerId subscriber, WorkerEvent event) {
    if (table.life(subscriber.slot()) instanceof WorkerLife life && life.id().equals(subscriber)) {
      life.notification(event);
    }
  }
}
