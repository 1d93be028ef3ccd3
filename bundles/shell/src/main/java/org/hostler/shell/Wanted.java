// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which records of the log are asked for.
 *
 * @param filter the records
 * @param unknown what to say when there is no such record: nobody knows that worker
 */
record Wanted(Predicate<LogRecord> filter, Optional<CommandFailed> unknown) {

  /**
   * Reads the operand {@code WORKER}. A name stands for all workers that had it, a slot for the
   * worker that has it or had it last. A worker that nobody knows any more may still be in the log.
   */
  static Wanted of(CommandLine line, Host host) throws CommandFailed {
    if (line.operand(0).isEmpty()) {
      return new Wanted(record -> true, Optional.empty());
    }
    String typed = line.required(0);
    WorkerNames names = new WorkerNames(host.stats());
    Optional<Found> found = names.search(typed);
    Optional<CommandFailed> unknown =
        found.isPresent() ? Optional.empty() : Optional.of(names.unknown(typed));
    if (typed.matches("\\d+(:\\d+)?")) {
      String id = found.map(worker -> worker.id().toString()).orElse(typed);
      return new Wanted(record -> record.concerns(id, ""), unknown);
    }
    String name = typed.startsWith("name:") ? typed.substring("name:".length()) : typed;
    return new Wanted(record -> record.concerns("", name), unknown);
  }
}
