// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.DurationText;

/** {@code bgw:terminate}: stops a worker and unregisters it. */
final class TerminateCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("terminate", "stops a worker and unregisters it")
          .flag("wait", "returns when it is unregistered")
          .option("timeout", "10s", Values.DURATION, "how long to wait at most")
          .operand("WORKER", Values.WORKER, "slot, id or unique name")
          .note("A wait that times out ends with 4; the worker goes on stopping.");

  private final Host host;

  TerminateCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed, InterruptedException {
    Target target = Target.of(host, line.required(0));
    BackgroundWorkerHandle handle = target.handle();
    handle.terminate();
    if (line.has("wait") && !handle.awaitGone(line.timeout())) {
      throw CommandFailed.timedOut(
          target.subject() + ": is not unregistered yet",
          "it was asked to stop and did not within " + DurationText.format(line.timeout()));
    }
  }
}
