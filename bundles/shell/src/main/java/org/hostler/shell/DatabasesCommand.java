// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hostler.database.DatabaseStat;
import org.hostler.database.Databases;
import org.hostler.database.SessionStat;

/** {@code bgw:databases}: every database, and who is connected to it. */
final class DatabasesCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("databases", "shows the databases, how they are, and who is connected")
          .json()
          .note("No database is asked: the state is what is known of it already.");

  private final Host host;

  DatabasesCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed, InterruptedException {
    List<DatabaseStat> all =
        DatabaseAccess.ask(host, SYNTAX, DatabaseAccess.subject("catalog"), Databases::databases);
    if (line.has("json")) {
      out.array(all, DatabasesCommand::json);
    } else {
      out.print(table(all));
    }
  }

  /** Writes a database. */
  static void json(JsonGenerator json, DatabaseStat stat) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", stat.name());
    json.writeNumberField("oid", stat.oid());
    json.writeStringField("kind", stat.kind());
    json.writeStringField("state", stat.state().toString());
    Json.text(json, "reason", stat.reason());
    json.writeBooleanField("allowConnections", stat.allowConnections());
    Json.texts(json, "connect", stat.connect());
    json.writeArrayFieldStart("sessions");
    for (SessionStat session : stat.sessions()) {
      json.writeStartObject();
      json.writeStringField("id", session.worker().toString());
      json.writeStringField("worker", session.workerName());
      json.writeStringField("role", session.role());
      SessionView.activity(json, session);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Returns the databases for people. */
  static String table(List<DatabaseStat> all) {
    Table table = Table.of(">OID", "NAME", "KIND", "STATE", "ALLOWED", ">SESSIONS", "REMARK");
    for (DatabaseStat stat : all) {
      table.row(
          stat.oid(),
          stat.name(),
          stat.kind(),
          stat.state(),
          allowed(stat),
          stat.sessions().size(),
          remark(stat));
    }
    return table.toString();
  }

  private static String allowed(DatabaseStat stat) {
    if (!stat.allowConnections()) {
      return "nobody";
    }
    return stat.connect().isEmpty() ? "all" : String.join(",", stat.connect());
  }

  private static String remark(DatabaseStat stat) {
    List<String> remarks = new ArrayList<>();
    if (!stat.reason().isEmpty()) {
      remarks.add(stat.reason());
    }
    stat.sessions().forEach(session -> remarks.add(SessionView.words(session)));
    return String.join("; ", remarks);
  }
}
