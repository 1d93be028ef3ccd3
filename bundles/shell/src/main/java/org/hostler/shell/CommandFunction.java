// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.hostler.worker.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A command as Gogo calls it.
 *
 * <p>It is a {@code Function}, since Gogo would look for the methods of any other object by
 * reflection and find, for {@code bgw:wait 3}, {@code Object.wait}. It makes the command itself
 * only when it is called: registering thirty of them costs next to nothing.
 */
final class CommandFunction implements Function {
  private final String name;
  private final Host host;

  CommandFunction(String name, Host host) {
    this.name = name;
    this.host = host;
  }

  @Override
  public @Nullable Object execute(CommandSession session, List<Object> arguments)
      throws CommandFailed, InterruptedException {
    Command command = CommandTable.command(name, host);
    CommandLine line = CommandLine.parse(command.syntax(), arguments);
    Output out = Output.of(session);
    if (line.has("help")) {
      out.print(command.syntax().help());
      return null;
    }
    try {
      command.run(line, out);
    } catch (Refusal refusal) {
      throw CommandFailed.refused(refusal);
    }
    return null; // everything is printed: a result would be printed once more
  }
}
