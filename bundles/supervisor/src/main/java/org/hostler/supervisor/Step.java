// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.List;

/**
 * The outcome of {@link WorkerLifecycle}: the worker as it is from now on, and what is to be done.
 *
 * @param slot the worker
 * @param actions in order; the slot is published before the first is carried out
 */
record Step(WorkerSlot slot, List<Action> actions) {

  static Step of(WorkerSlot slot, Action... actions) {
    return new Step(slot, List.of(actions));
  }
}
