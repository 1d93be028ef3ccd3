// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hostler.database.Databases;
import org.hostler.database.SessionStat;
import org.hostler.worker.WorkerId;

/**
 * The sessions of workers at one moment, and how one is shown: what {@code pg_stat_activity} has.
 *
 * @param bySlot all of them, by their worker's slot
 */
record SessionView(Map<Integer, SessionStat> bySlot) {

  /** Returns the sessions there are; none while no bundle offers databases. */
  static SessionView of(Host host) {
    Map<Integer, SessionStat> bySlot = new HashMap<>();
    host.databases()
        .map(Databases::sessions)
        .orElse(List.of())
        .forEach(session -> bySlot.put(session.worker().slot(), session));
    return new SessionView(bySlot);
  }

  /** Finds the session of a worker. */
  Optional<SessionStat> of(WorkerId worker) {
    return Optional.ofNullable(bySlot.get(worker.slot()))
        .filter(session -> session.worker().sameWorker(worker));
  }

  /**
   * Writes a worker's session as a field: where it is connected, and all that is known if wanted.
   */
  static void json(
      JsonGenerator json, String key, Optional<SessionStat> session, boolean everything)
      throws IOException {
    if (session.isEmpty()) {
      json.writeNullField(key);
      return;
    }
    json.writeObjectFieldStart(key);
    json.writeStringField("name", session.get().database());
    json.writeStringField("role", session.get().role());
    if (everything) {
      activity(json, session.get());
    }
    json.writeEndObject();
  }

  /** Writes what a session does, since when, and since when it is there. */
  static void activity(JsonGenerator json, SessionStat session) throws IOException {
    json.writeStringField("state", session.state().toString());
    Json.text(json, "statement", session.statement());
    json.writeStringField("since", Timestamps.of(session.since()));
    json.writeStringField("connectedAt", Timestamps.of(session.connectedAt()));
  }

  /** Adds what is known of a worker's session to its sheet. */
  static void rows(Table table, Optional<SessionStat> found) {
    if (found.isEmpty()) {
      table.row("database", "-");
      return;
    }
    SessionStat session = found.get();
    table.row("database", session.database());
    table.row("role", session.role());
    table.row("session", "%s since %s".formatted(session.state(), Timestamps.of(session.since())));
    table.row("statement", session.statement().isEmpty() ? "-" : session.statement());
    table.row("connected at", Timestamps.of(session.connectedAt()));
  }

  /** Returns a session in a few words, for instance {@code "w" (3:17) as hostler, idle}. */
  static String words(SessionStat session) {
    return "\"%s\" (%s) as %s, %s"
        .formatted(session.workerName(), session.worker(), session.role(), session.state());
  }
}
