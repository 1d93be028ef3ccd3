// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

/** {@code bgw:create-database}: makes a database. */
final class CreateDatabaseCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("create-database", "makes a new, empty database")
          .operand("DATABASE", Values.TEXT, "its name: a letter or _, then letters, digits, _, -")
          .note("It is an embedded one, or is made on the server of database.*.url.");

  private final Host host;

  CreateDatabaseCommand(Host host) {
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
          databases.create(database);
          return database;
        });
  }
}
