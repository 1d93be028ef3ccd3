// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

/** {@code bgw:drop-database}: removes a database. */
final class DropDatabaseCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("drop-database", "removes a database and everything in it")
          .flag("force", "ends every session in it first")
          .operand("DATABASE", Values.DATABASE, "the database")
          .note(
              "Without --force it waits up to 5 s for workers that are connected and not"
                  + " INTERRUPTIBLE, and is then refused.");

  private final Host host;

  DropDatabaseCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed, InterruptedException {
    String database = line.required(0);
    DatabaseAccess.ask(
        host,
        SYNTAX,
        DatabaseAccess.subject(database),
        databases -> {
          databases.remove(database, line.has("force"));
          return database;
        });
  }
}
