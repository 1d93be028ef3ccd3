// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.List;
import java.util.Optional;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerStat;

/** A worker somebody named: one that is registered, or one that was. */
sealed interface Found {

  /** Returns slot and generation. */
  WorkerId id();

  /** Returns the name. */
  String name();

  /** Returns name and id, as messages begin. */
  default String subject() {
    return "worker \"%s\" (%s)".formatted(name(), id());
  }

  /**
   * A registered worker.
   *
   * @param stat what is known of it
   */
  record Live(WorkerStat stat) implements Found {
    @Override
    public WorkerId id() {
      return stat.id();
    }

    @Override
    public String name() {
      return stat.worker().name();
    }
  }

  /**
   * A worker whose registration is gone.
   *
   * @param id slot and generation, the last life known
   * @param name its name
   * @param events what is remembered of it, oldest first, at least one
   */
  record Gone(WorkerId id, String name, List<WorkerEvent> events) implements Found {

    /** Returns when and how it ended, to be thrown. */
    CommandFailed refusal() {
      return CommandFailed.refused(
          subject() + ": is gone",
          "%s; %s".formatted(unregistered(), lastExit()),
          "bgw:history %s shows what happened to it".formatted(id));
    }

    private String unregistered() {
      return last(Milestone.UNREGISTERED)
          .map(event -> "it was unregistered at " + Timestamps.of(event.at()))
          .orElse("it is not registered any more");
    }

    private String lastExit() {
      return last(Milestone.EXITED)
          .map(
              event ->
                  "its last life ended at %s with %s"
                      .formatted(Timestamps.of(event.at()), EventView.words(event)))
          .orElse("no life of it is known to have ended");
    }

    private Optional<WorkerEvent> last(Milestone milestone) {
      return events.stream()
          .filter(event -> milestone.isMetBy(event.kind()))
          .reduce((earlier, later) -> later);
    }
  }
}
