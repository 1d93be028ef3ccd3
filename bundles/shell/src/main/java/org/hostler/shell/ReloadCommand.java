// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import org.hostler.worker.ReloadResult;

/** {@code bgw:reload}: PostgreSQL's {@code pg_reload_conf()}. */
final class ReloadCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("reload", "reads the configuration again, all of it or nothing").json();

  private final Host host;

  ReloadCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    ReloadResult result = host.settings().reload();
    if (line.has("json")) {
      out.json(
          json -> {
            json.writeStartObject();
            json.writeNumberField("version", result.version());
            Json.texts(json, "changed", result.changed());
            Json.texts(json, "pendingRestart", result.pendingRestart());
            Json.texts(json, "warnings", result.warnings());
            json.writeEndObject();
          });
    } else {
      out.print(text(result));
    }
  }

  /** Returns what a reload did, for people. */
  static String text(ReloadResult result) {
    StringBuilder text = new StringBuilder();
    text.append(
        result.changed().isEmpty()
            ? "reloaded, nothing changed"
            : "reloaded, changed: " + String.join(", ", result.changed()));
    if (!result.pendingRestart().isEmpty()) {
      text.append("\nwaiting for a restart: ").append(String.join(", ", result.pendingRestart()));
    }
    result.warnings().forEach(warning -> text.append("\nwarning: ").append(warning));
    return text.append('\n').toString();
  }
}
