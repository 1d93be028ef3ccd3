// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.List;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;

/** {@code help}: the commands there are, or the help of one. */
final class HelpFunction implements Function {
  private final Gogo gogo;
  private final Host host;

  HelpFunction(Gogo gogo, Host host) {
    this.gogo = gogo;
    this.host = host;
  }

  @Override
  public @Nullable Object execute(CommandSession session, List<Object> arguments) throws Exception {
    Output out = Output.of(session);
    if (arguments.isEmpty()) {
      out.print(overview(session));
      return null;
    }
    String word = String.valueOf(arguments.get(0));
    String name = word.startsWith(Syntax.SCOPE + ":") ? word.substring(4) : word;
    if (CommandTable.NAMES.contains(name)) {
      out.print(CommandTable.command(name, host).syntax().help());
      return null;
    }
    return session.get("felix:help") instanceof Function felix
        ? felix.execute(session, arguments)
        : null;
  }

  private String overview(CommandSession session) {
    Table table = Table.plain();
    for (String name : CommandTable.NAMES) {
      Syntax syntax = CommandTable.command(name, host).syntax();
      table.row(syntax.command(), syntax.summary());
    }
    StringBuilder text = new StringBuilder(table.toString()).append('\n');
    for (String command : new TreeSet<>(gogo.commands(session))) {
      if (!command.startsWith(Syntax.SCOPE + ":")) {
        text.append(command).append('\n');
      }
    }
    return text.append("\nhelp COMMAND shows more; so does COMMAND --help of bgw: commands.\n")
        .toString();
  }
}
