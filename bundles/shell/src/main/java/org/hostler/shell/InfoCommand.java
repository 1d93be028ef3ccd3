// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.Optional;
import org.hostler.database.SessionStat;
import org.hostler.worker.stat.WorkerStat;

/** {@code bgw:info}: everything known of one worker. */
final class InfoCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("info", "shows everything that is known of one worker")
          .operand("WORKER", Values.WORKER, "slot, id or unique name")
          .json();

  private final Host host;

  InfoCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    WorkerStat stat = new WorkerNames(host.stats()).live(line.required(0));
    Optional<SessionStat> session = host.databases().flatMap(all -> all.session(stat.id()));
    if (line.has("json")) {
      out.json(json -> WorkerView.json(json, stat, session, true));
    } else {
      out.print(WorkerView.sheet(stat, session));
    }
  }
}
