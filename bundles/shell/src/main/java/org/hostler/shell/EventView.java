// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;

/** How an event is shown: as a JSON object, as a row of the history, as a line of the stream. */
final class EventView {
  private EventView() {}

  /** Writes an event. */
  static void json(JsonGenerator json, WorkerEvent event) throws IOException {
    json.writeStartObject();
    json.writeNumberField("seq", event.seq());
    json.writeStringField("at", Timestamps.of(event.at()));
    Json.text(json, "id", event.id());
    Json.number(
        json,
        "incarnation",
        event.id().map(id -> OptionalInt.of(id.incarnation())).orElse(OptionalInt.empty()));
    Json.text(json, "name", event.name());
    Json.text(json, "type", event.type());
    json.writeStringField("event", event.kind().toString());
    Json.number(json, "status", event.status());
    Json.text(json, "signal", event.signal());
    Json.text(json, "detail", event.detail());
    json.writeEndObject();
  }

  /** Returns the table of the events given. */
  static String table(List<WorkerEvent> events) {
    Table table = Table.of("AT", "ID", ">LIFE", "NAME", "EVENT", "DETAIL");
    events.forEach(event -> table.row(cells(event)));
    return table.toString();
  }

  /** Returns one line of the live stream. */
  static String line(WorkerEvent event) {
    Object[] cells = cells(event);
    return "%s %-8s %3s %s %s %s".formatted(cells).replaceAll("\\s*\\R\\s*", " ").stripTrailing();
  }

  private static Object[] cells(WorkerEvent event) {
    return new Object[] {
      Timestamps.of(event.at()),
      event.id().map(WorkerId::toString).orElse("-"),
      event.id().map(id -> Integer.toString(id.incarnation())).orElse("-"),
      event.name().isEmpty() ? "-" : event.name(),
      event.kind(),
      words(event)
    };
  }

  /** Returns status or signal and the detail, for instance {@code status 1: it failed}. */
  static String words(WorkerEvent event) {
    if (event.kind() == WorkerEvent.Kind.GAP) {
      return event.detail() + " events missed";
    }
    String status = "";
    if (!event.signal().isEmpty()) {
      status = "signal " + event.signal();
    } else if (event.status().isPresent()) {
      status = "status " + event.status().getAsInt();
    }
    boolean both = !status.isEmpty() && !event.detail().isEmpty();
    return status + (both ? ": " : "") + event.detail();
  }
}
