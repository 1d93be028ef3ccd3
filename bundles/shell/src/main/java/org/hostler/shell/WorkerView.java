// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.hostler.database.SessionStat;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.Datum;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerState;

/** How a worker is shown: as a JSON object, as a row, as a sheet with everything. */
final class WorkerView {
  private WorkerView() {}

  /** Writes a worker as {@code bgw:list --json} shows it. */
  static void json(JsonGenerator json, WorkerStat stat, Optional<SessionStat> session)
      throws IOException {
    json(json, stat, session, false);
  }

  /** Writes a worker, with all of its session and the last exit's stack trace if wanted. */
  static void json(
      JsonGenerator json, WorkerStat stat, Optional<SessionStat> session, boolean everything)
      throws IOException {
    json.writeStartObject();
    identity(json, stat.id());
    description(json, stat.worker(), stat.libraryVersion());
    json.writeBooleanField("static", stat.registeredStatically());
    json.writeStringField("isolation", stat.isolation().toString());
    json.writeStringField("state", stat.state().toString());
    Json.text(json, "reason", stat.reason());
    Json.number(json, "pid", stat.pid());
    Json.number(json, "threadId", stat.threadId());
    json.writeNumberField("restarts", stat.restarts());
    json.writeStringField("registeredAt", Timestamps.of(stat.registeredAt()));
    Json.time(json, "startedAt", stat.startedAt());
    Json.time(json, "readyAt", stat.readyAt());
    Json.time(json, "nextStartAt", stat.nextStartAt());
    lastExit(json, stat, everything);
    Json.text(json, "statusText", stat.statusText());
    SessionView.json(json, "database", session, everything);
    Json.texts(json, "segments", List.of());
    json.writeEndObject();
  }

  /** Writes a worker that was gone before it could be looked at: what it was registered with. */
  static void goneJson(JsonGenerator json, WorkerId id, BackgroundWorker worker)
      throws IOException {
    json.writeStartObject();
    identity(json, id);
    description(json, worker, "");
    json.writeBooleanField("static", false);
    for (String key :
        List.of(
            "isolation",
            "state",
            "reason",
            "pid",
            "threadId",
            "restarts",
            "registeredAt",
            "startedAt",
            "readyAt",
            "nextStartAt",
            "lastExit",
            "statusText",
            "database")) {
      json.writeNullField(key);
    }
    Json.texts(json, "segments", List.of());
    json.writeEndObject();
  }

  private static void identity(JsonGenerator json, WorkerId id) throws IOException {
    json.writeStringField("id", id.toString());
    json.writeNumberField("slot", id.slot());
    json.writeNumberField("generation", id.generation());
    json.writeNumberField("incarnation", id.incarnation());
  }

  private static void description(JsonGenerator json, BackgroundWorker worker, String version)
      throws IOException {
    json.writeStringField("name", worker.name());
    json.writeStringField("type", worker.type());
    json.writeStringField("library", worker.library());
    Json.text(json, "libraryVersion", version);
    json.writeStringField("function", worker.function());
    Json.text(json, "argument", argument(worker));
    json.writeStringField("start", worker.startTime().toString());
    json.writeStringField("restart", worker.restart().toString());
    Json.text(json, "notify", worker.notifyId());
    Json.texts(json, "flags", List.copyOf(new TreeSet<>(worker.flags())));
    Json.number(json, "heap", worker.heap());
  }

  private static void lastExit(JsonGenerator json, WorkerStat stat, boolean stackTrace)
      throws IOException {
    if (stat.lastExit().isEmpty()) {
      json.writeNullField("lastExit");
      return;
    }
    ExitStatus exit = stat.lastExit().get();
    json.writeObjectFieldStart("lastExit");
    json.writeNumberField("status", exit.code());
    Json.text(json, "signal", exit.signal());
    Json.time(json, "at", stat.lastExitAt());
    Json.text(json, "cause", exit.cause());
    if (stackTrace) {
      Json.text(json, "stackTrace", exit.stackTrace());
    }
    json.writeEndObject();
  }

  /** Returns the table of all workers given. */
  static String table(List<WorkerStat> stats) {
    Table table =
        Table.of("ID", "NAME", "TYPE", "LIBRARY", "FUNCTION", "STATE", ">RESTARTS", "REMARK");
    for (WorkerStat stat : stats) {
      BackgroundWorker worker = stat.worker();
      table.row(
          stat.id(),
          worker.name(),
          worker.type(),
          worker.library(),
          worker.function(),
          stat.state(),
          stat.restarts(),
          remark(stat));
    }
    return table.toString();
  }

  /** Returns what a worker says it does or, when it does not run, why. */
  static String remark(WorkerStat stat) {
    if (stat.reason().isPresent()) {
      return stat.reason().map(WorkerReason::toString).get();
    }
    if (stat.state() == WorkerState.BACKOFF) {
      return "starts again at %s; ended with %s"
          .formatted(
              Timestamps.of(stat.nextStartAt()), stat.lastExit().map(WorkerView::exit).orElse("-"));
    }
    return stat.statusText();
  }

  /** Returns how a life ended, for instance {@code status 1: java.io.IOException: gone}. */
  static String exit(ExitStatus exit) {
    return exit.cause().isEmpty() ? exit.toString() : exit + ": " + exit.cause();
  }

  /** Returns everything that is known, ending with the last exit's cause and stack trace. */
  static String sheet(WorkerStat stat, Optional<SessionStat> session) {
    BackgroundWorker worker = stat.worker();
    WorkerId id = stat.id();
    Table table = Table.plain();
    table.row("id", "%s (incarnation %d)".formatted(id, id.incarnation()));
    table.row("name", worker.name());
    table.row("type", worker.type());
    table.row("library", (worker.library() + " " + stat.libraryVersion()).strip());
    table.row("function", worker.function());
    table.row("argument", orDash(argument(worker)));
    table.row("extra", worker.extra().length + " bytes");
    table.row("registered", stat.registeredStatically() ? "statically" : "dynamically");
    table.row("isolation", stat.isolation() + heap(worker.heap()));
    table.row("flags", new TreeSet<>(worker.flags()));
    table.row("start", worker.startTime());
    table.row("restart", worker.restart());
    table.row("notify", worker.notifyId().map(WorkerId::toString).orElse("-"));
    table.row("state", stat.state());
    table.row("reason", stat.reason().map(WorkerReason::toString).orElse("-"));
    table.row("status", orDash(stat.statusText()));
    SessionView.rows(table, session);
    table.row("pid", number(stat.pid()));
    table.row("thread", number(stat.threadId()));
    table.row("restarts", stat.restarts());
    table.row("registered at", Timestamps.of(stat.registeredAt()));
    table.row("started at", Timestamps.of(stat.startedAt()));
    table.row("ready at", Timestamps.of(stat.readyAt()));
    table.row("next start at", Timestamps.of(stat.nextStartAt()));
    table.row("last exit at", Timestamps.of(stat.lastExitAt()));
    table.row("last exit", stat.lastExit().map(WorkerView::exit).orElse("-"));
    String stackTrace = stat.lastExit().map(ExitStatus::stackTrace).orElse("");
    return stackTrace.isEmpty() ? table.toString() : table + stackTrace.stripTrailing() + "\n";
  }

  private static String argument(BackgroundWorker worker) {
    return worker.mainArg().equals(Datum.NULL) ? "" : worker.mainArg().toString();
  }

  private static String heap(OptionalLong bytes) {
    return bytes.isPresent() ? ", heap " + bytes.getAsLong() + " bytes" : "";
  }

  private static String number(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
