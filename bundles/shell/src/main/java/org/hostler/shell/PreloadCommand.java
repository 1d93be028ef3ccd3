// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.hostler.worker.stat.PreloadStat;

/** {@code bgw:preload}: what became of the preload list. */
final class PreloadCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("preload", "shows what became of shared_preload_libraries").json();

  private final Host host;

  PreloadCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    List<PreloadStat> entries = host.stats().preload();
    if (line.has("json")) {
      out.array(entries, PreloadCommand::json);
    } else {
      out.print(table(entries));
    }
  }

  /** Writes an entry. */
  static void json(JsonGenerator json, PreloadStat entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("entry", entry.entry());
    Json.text(json, "bundle", entry.bundle());
    if (entry.bundleId() < 0) {
      json.writeNullField("bundleId");
    } else {
      json.writeNumberField("bundleId", entry.bundleId());
    }
    Json.text(json, "version", entry.version());
    json.writeNumberField("startLevel", entry.startLevel());
    json.writeStringField("result", entry.result());
    json.writeEndObject();
  }

  /** Returns the table. */
  static String table(List<PreloadStat> entries) {
    Table table = Table.of("ENTRY", "BUNDLE", ">ID", "VERSION", ">LEVEL", "RESULT");
    for (PreloadStat entry : entries) {
      table.row(
          entry.entry(),
          entry.bundle().isEmpty() ? "-" : entry.bundle(),
          entry.bundleId() < 0 ? "-" : entry.bundleId(),
          entry.version().isEmpty() ? "-" : entry.version(),
          entry.startLevel(),
          entry.result());
    }
    return table.toString();
  }
}
