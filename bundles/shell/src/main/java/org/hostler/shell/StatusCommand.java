// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.hostler.worker.DurationText;
import org.hostler.worker.stat.HostStat;
import org.hostler.worker.stat.WorkerState;

/** {@code bgw:status}: the host, as {@code hostler status} shows it. */
final class StatusCommand implements Command {
  private static final Syntax SYNTAX = Syntax.of("status", "shows the state of the host").json();

  private final Host host;

  StatusCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    HostStat stat = host.stats().host();
    if (line.has("json")) {
      out.json(json -> json(json, stat));
    } else {
      out.print(text(stat));
    }
  }

  /** Writes the host. */
  static void json(JsonGenerator json, HostStat stat) throws IOException {
    json.writeStartObject();
    json.writeStringField("state", stat.phase().toString());
    json.writeNumberField("pid", stat.pid());
    json.writeStringField("version", stat.version());
    json.writeStringField("java", stat.javaVersion());
    json.writeStringField("framework", stat.framework());
    json.writeStringField("base", stat.base());
    json.writeStringField("startedAt", Timestamps.of(stat.startedAt()));
    json.writeNumberField("uptimeMs", stat.uptime().toMillis());
    json.writeObjectFieldStart("slots");
    json.writeNumberField("max", stat.maxSlots());
    json.writeNumberField("used", stat.usedSlots());
    json.writeEndObject();
    json.writeObjectFieldStart("workers");
    for (WorkerState state : WorkerState.values()) {
      json.writeNumberField(state.toString(), stat.workers().getOrDefault(state, 0));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Returns the host for people. */
  static String text(HostStat stat) {
    String workers =
        stat.workers().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    Table table = Table.plain();
    table.row("state", stat.phase());
    table.row("pid", stat.pid());
    table.row("version", stat.version());
    table.row("java", stat.javaVersion());
    table.row("framework", stat.framework());
    table.row("base", stat.base());
    table.row("started at", Timestamps.of(stat.startedAt()));
    table.row("uptime", DurationText.format(Duration.ofSeconds(stat.uptime().toSeconds())));
    table.row("slots", "%d of %d used".formatted(stat.usedSlots(), stat.maxSlots()));
    table.row("workers", workers.isEmpty() ? "none" : workers);
    return table.toString();
  }
}
