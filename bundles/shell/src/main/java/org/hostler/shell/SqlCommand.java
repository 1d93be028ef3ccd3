// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.hostler.database.StatementResult;

/** {@code bgw:sql}: runs one statement and shows what it returned. */
final class SqlCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("sql", "runs a statement in a transaction of its own")
          .option("role", "R", Values.TEXT, "as this role; default: the host's own user")
          .json()
          .operand("DATABASE", Values.DATABASE, "the database")
          .operand("STATEMENT", Values.TEXT, "the statement, in quotes")
          .note("The instance's own catalog is the database catalog; it can only be read.");

  private final Host host;

  SqlCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed, InterruptedException {
    String database = line.required(0);
    String role = line.value("role").orElse(null);
    StatementResult result =
        DatabaseAccess.ask(
            host,
            SYNTAX,
            DatabaseAccess.subject(database),
            databases -> databases.execute(database, role, line.required(1)));
    if (line.has("json")) {
      out.json(json -> json(json, result));
    } else {
      out.print(text(result));
    }
  }

  /** Writes a result; each value is a text or null. */
  static void json(JsonGenerator json, StatementResult result) throws IOException {
    json.writeStartObject();
    Json.texts(json, "columns", result.columns());
    json.writeArrayFieldStart("rows");
    for (List<String> row : result.rows()) {
      json.writeStartArray();
      for (String value : row) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeNumberField("changed", result.changed());
    json.writeEndObject();
  }

  /**
   * Returns a result for people: the table that psql would print, or how many rows were changed.
   */
  static String text(StatementResult result) {
    if (result.columns().isEmpty()) {
      return rows(result.changed()) + " changed\n";
    }
    return new ResultTable(result.columns(), result.rows())
        + "(%s)\n".formatted(rows(result.rows().size()));
  }

  private static String rows(long count) {
    return count == 1 ? "1 row" : count + " rows";
  }
}
