// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hostler.worker.stat.LibraryStat;

/** {@code bgw:functions}: every library and function that could be named. */
final class FunctionsCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("functions", "lists every library and function that could be registered")
          .optional("LIBRARY", Values.LIBRARY, "only this symbolic name")
          .json()
          .note("A library that declares no functions and is not loaded may have any.");

  private final Host host;

  FunctionsCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    List<LibraryStat> libraries = selected(host.stats().functions(), line.operand(0));
    if (line.has("json")) {
      out.array(libraries, FunctionsCommand::json);
    } else {
      out.print(table(libraries));
    }
  }

  private static List<LibraryStat> selected(List<LibraryStat> all, Optional<String> library)
      throws CommandFailed {
    List<LibraryStat> selected =
        all.stream().filter(s -> library.map(s.library()::equals).orElse(true)).toList();
    if (library.isPresent() && selected.isEmpty()) {
      throw KnownFunctions.unknownLibrary(library.get(), all);
    }
    return selected;
  }

  /** Writes a library. */
  static void json(JsonGenerator json, LibraryStat library) throws IOException {
    json.writeStartObject();
    json.writeStringField("library", library.library());
    Json.text(json, "version", library.version());
    json.writeBooleanField("loaded", library.loaded());
    Json.text(json, "source", library.source());
    if (library.functions().isPresent()) {
      Json.texts(json, "functions", library.functions().get());
    } else {
      json.writeNullField("functions");
    }
    json.writeEndObject();
  }

  /** Returns the table. */
  static String table(List<LibraryStat> libraries) {
    Table table = Table.of("LIBRARY", "VERSION", "LOADED", "FUNCTIONS", "SOURCE");
    for (LibraryStat library : libraries) {
      table.row(
          library.library(),
          library.version().isEmpty() ? "-" : library.version(),
          library.loaded() ? "yes" : "no",
          library.functions().map(FunctionsCommand::names).orElse("not declared"),
          library.source());
    }
    return table.toString();
  }

  private static String names(List<String> functions) {
    return functions.isEmpty() ? "-" : String.join(",", functions);
  }
}
