// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

/** {@code bgw:restart}: stops a worker and starts it at once, whatever its policy says. */
final class RestartCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("restart", "stops a worker and starts it at once")
          .operand("WORKER", Values.WORKER, "slot, id or unique name")
          .note("Skips a restart delay, unparks, and gives the worker a fresh restart budget.");

  private final Host host;

  RestartCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    Target.of(host, line.required(0)).handle().restart();
  }
}
