// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

/** {@code bgw:set}: PostgreSQL's {@code ALTER SYSTEM SET}. */
final class SetCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("set", "writes the value of a setting into conf/hostler.auto.conf")
          .operand("NAME", Values.SETTING, "the setting")
          .operand("VALUE", Values.TEXT, "as between single quotes in hostler.conf")
          .note("bgw:reload puts it into force, or a restart of the host, as bgw:settings says.");

  private final Host host;

  SetCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    host.settings().set(line.required(0), line.required(1));
  }
}
