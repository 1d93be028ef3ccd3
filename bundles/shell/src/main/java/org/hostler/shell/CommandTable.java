// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.List;

/** The commands by name. */
final class CommandTable {
  /** Every command, in the order in which a new user needs them. */
  static final List<String> NAMES =
      List.of(
          "list",
          "info",
          "register",
          "terminate",
          "restart",
          "signal",
          "wait",
          "history",
          "events",
          "explain",
          "functions",
          "preload",
          "settings",
          "set",
          "reset",
          "reload",
          "log",
          "status",
          "databases",
          "sql",
          "create-database",
          "drop-database",
          "shmem",
          "leaks");

  private CommandTable() {}

  /** Makes a command. */
  static Command command(String name, Host host) {
    return switch (name) {
      case "list" -> new ListCommand(host);
      case "info" -> new InfoCommand(host);
      case "register" -> new RegisterCommand(host);
      case "terminate" -> new TerminateCommand(host);
      case "restart" -> new RestartCommand(host);
      case "signal" -> new SignalCommand(host);
      case "wait" -> new WaitCommand(host);
      case "history" -> new HistoryCommand(host);
      case "events" -> new EventsCommand(host);
      case "explain" -> new ExplainCommand(host);
      case "functions" -> new FunctionsCommand(host);
      case "preload" -> new PreloadCommand(host);
      case "settings" -> new SettingsCommand(host);
      case "set" -> new SetCommand(host);
      case "reset" -> new ResetCommand(host);
      case "reload" -> new ReloadCommand(host);
      case "log" -> new LogCommand(host);
      case "status" -> new StatusCommand(host);
      case "databases" -> new DatabasesCommand(host);
      case "sql" -> new SqlCommand(host);
      case "create-database" -> new CreateDatabaseCommand(host);
      case "drop-database" -> new DropDatabaseCommand(host);
      default -> notInstalled(name);
    };
  }

  private static Command notInstalled(String name) {
    return switch (name) {
      case "shmem" ->
          new NotInstalledCommand(
              Syntax.of(name, "shows shared memory: segments, size, who is attached").json(),
              "shared memory",
              "org.hostler.shmem");
      case "leaks" ->
          new NotInstalledCommand(
              Syntax.of(name, "shows class loaders that did not go, and who holds them").json(),
              "finding leaks",
              "org.hostler.leaks");
      default -> throw new IllegalArgumentException("command \"" + name + "\": there is none");
    };
  }
}
