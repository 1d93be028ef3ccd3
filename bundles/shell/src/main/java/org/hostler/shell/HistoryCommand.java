// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.List;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerStats;

/** {@code bgw:history}: what happened, oldest first, also to workers that are gone. */
final class HistoryCommand implements Command {
  private static final int LIMIT = 50;

  private static final Syntax SYNTAX =
      Syntax.of("history", "shows the newest events, oldest first")
          .option("limit", "50", Values.COUNT, "how many at most")
          .optional("WORKER", Values.WORKER, "slot, id or unique name, also of one that is gone")
          .json();

  private final Host host;

  HistoryCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    WorkerStats stats = host.stats();
    int limit = line.count("limit", LIMIT);
    List<WorkerEvent> events =
        line.operand(0).isPresent()
            ? stats.history(new WorkerNames(stats).find(line.required(0)).id(), limit)
            : stats.history(limit);
    if (line.has("json")) {
      out.array(events, EventView::json);
    } else {
      out.print(EventView.table(events));
    }
  }
}
