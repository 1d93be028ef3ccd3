// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerStat;

/** {@code bgw:signal}: asks the running life of a worker for something. */
final class SignalCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("signal", "sends a request to a running worker")
          .operand("WORKER", Values.WORKER, "slot, id or unique name")
          .operand("SIGNAL", Values.SIGNAL, "what to ask for")
          .note("term ends the life with status 1, and the restart policy decides.")
          .note("hup makes it adopt the newest settings, usr1 runs its onNotify, int cancels.");

  private final Host host;

  SignalCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    Target target = Target.of(host, line.required(0));
    WorkerStat stat = target.stat();
    if (!stat.state().alive()) {
      throw CommandFailed.refused(
          target.subject() + ": does not run",
          "its state is %s; %s".formatted(stat.state(), WorkerView.remark(stat)),
          "bgw:restart %s starts it".formatted(stat.id()));
    }
    target.handle().signal(WorkerSignal.parse(line.required(1)));
  }
}
