// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

/** {@code bgw:reset}: PostgreSQL's {@code ALTER SYSTEM RESET}. */
final class ResetCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("reset", "removes a setting from conf/hostler.auto.conf")
          .operand("NAME", Values.SETTING, "the setting")
          .note("bgw:reload puts what is left into force.");

  private final Host host;

  ResetCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    host.settings().reset(line.required(0));
  }
}
