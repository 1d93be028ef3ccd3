// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hostler.worker.DurationText;
import org.hostler.worker.stat.Explanation;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerStats;

/** {@code bgw:explain}: why a worker is in its state and what happens next. */
final class ExplainCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("explain", "says why a worker is in its state and what happens next")
          .operand("WORKER", Values.WORKER, "slot, id or unique name")
          .json();

  private final Host host;

  ExplainCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    WorkerStats stats = host.stats();
    WorkerStat stat = new WorkerNames(stats).live(line.required(0));
    Optional<Explanation> found = stats.explain(stat.id());
    if (found.isEmpty()) { // it went in this very moment
      throw CommandFailed.refused(new Found.Live(stat).subject() + ": is gone", "", "");
    }
    Explanation explanation = found.get();
    if (line.has("json")) {
      out.json(json -> json(json, explanation));
    } else {
      out.print(text(explanation));
    }
  }

  /** Writes an explanation. */
  static void json(JsonGenerator json, Explanation explanation) throws IOException {
    WorkerStat stat = explanation.stat();
    json.writeStartObject();
    json.writeStringField("id", stat.id().toString());
    json.writeStringField("name", stat.worker().name());
    json.writeStringField("type", stat.worker().type());
    json.writeStringField("state", stat.state().toString());
    Json.text(json, "reason", stat.reason());
    Json.text(json, "why", explanation.why());
    Json.text(json, "next", explanation.next());
    Json.time(json, "nextStartAt", stat.nextStartAt());
    json.writeStringField("restart", stat.worker().restart().toString());
    json.writeNumberField("restarts", stat.restarts());
    json.writeArrayFieldStart("delaysMs");
    for (Duration delay : explanation.delays()) {
      json.writeNumber(delay.toMillis());
    }
    json.writeEndArray();
    Json.texts(json, "notes", explanation.notes());
    json.writeEndObject();
  }

  /** Returns an explanation for people. */
  static String text(Explanation explanation) {
    WorkerStat stat = explanation.stat();
    Table table = Table.plain();
    table.row("worker", "\"%s\" (%s)".formatted(stat.worker().name(), stat.id()));
    table.row("state", stat.state());
    table.row("why", explanation.why());
    table.row("next", explanation.next());
    table.row("restart", stat.worker().restart());
    table.row("delays", delays(explanation.delays()));
    explanation.notes().forEach(note -> table.row("note", note));
    return table.toString();
  }

  private static String delays(List<Duration> delays) {
    return delays.isEmpty()
        ? "none: it is not restarted"
        : delays.stream().map(DurationText::format).collect(Collectors.joining(", "));
  }
}
