// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.List;
import org.hostler.worker.Isolation;
import org.hostler.worker.StartTime;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerState;

/**
 * What an operand or an option's value may be: checked by the parser where the values are few,
 * offered by the completion where they can be listed.
 */
enum Values {
  /** A switch: no value at all. */
  NONE,
  /** Anything. */
  TEXT,
  /** A number and a unit. */
  DURATION,
  /** A whole number from 1 on. */
  COUNT,
  /** A slot, an id or a name. */
  WORKER,
  /** A type some worker has. */
  TYPE,
  /** A symbolic name. */
  LIBRARY,
  /** A function of the library named before it. */
  FUNCTION,
  /** The name of a setting. */
  SETTING,
  /** The name of a database. */
  DATABASE,
  /** A restart policy; the choices are beginnings, not all there is. */
  RESTART,
  /** A state of a worker. */
  STATE(List.of(WorkerState.values())),
  /** What {@code bgw:wait} can wait for. */
  MILESTONE(List.of(Milestone.values())),
  /** A request to a worker. */
  SIGNAL(List.of(WorkerSignal.values())),
  /** A phase from which on a worker may start. */
  START(List.of(StartTime.values())),
  /** Where a worker runs. */
  ISOLATION(List.of(Isolation.values())),
  /** What a worker needs. */
  FLAG(List.of(WorkerFlag.values())),
  /** What {@code bgw:list} can group by. */
  GROUPING(List.of("type"));

  private final List<String> choices;

  Values() {
    this(List.of());
  }

  Values(List<?> choices) {
    this.choices = choices.stream().map(Object::toString).toList();
  }

  /** Returns all legal values; empty when they cannot be listed here. */
  List<String> choices() {
    return choices;
  }

  /** Tells whether a value is one of the choices, in lower or upper case, or there are none. */
  boolean allows(String value) {
    return choices.isEmpty() || choices.stream().anyMatch(value::equalsIgnoreCase);
  }
}
