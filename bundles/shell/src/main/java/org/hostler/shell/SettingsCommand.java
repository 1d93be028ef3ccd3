// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.hostler.worker.SettingStat;

/** {@code bgw:settings}: PostgreSQL's {@code pg_settings}. */
final class SettingsCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("settings", "shows the settings: value, where it comes from, when it changes")
          .optional("NAME", Values.SETTING, "only this setting, with everything known of it")
          .json();

  private final Host host;

  SettingsCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    List<SettingStat> all = host.settings().all();
    List<SettingStat> selected = all;
    if (line.operand(0).isPresent()) {
      String name = line.required(0);
      selected = all.stream().filter(stat -> stat.name().equalsIgnoreCase(name)).toList();
      if (selected.isEmpty()) {
        throw CommandFailed.refused(
            "setting \"%s\": there is none of this name".formatted(name),
            "",
            Nearest.hint(name, all.stream().map(SettingStat::name).toList()));
      }
    }
    if (line.has("json")) {
      out.array(selected, SettingsCommand::json);
    } else {
      out.print(line.operand(0).isPresent() ? sheet(selected.get(0)) : table(selected));
    }
  }

  /** Writes a setting. */
  static void json(JsonGenerator json, SettingStat stat) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", stat.name());
    json.writeStringField("value", stat.value()); // an empty text is a value here
    Json.text(json, "unit", stat.unit());
    json.writeStringField("source", stat.source().toString());
    Json.text(json, "file", stat.file());
    Json.number(json, "line", stat.line());
    json.writeStringField("change", stat.change().toString());
    if (stat.pending().isPresent()) {
      json.writeStringField("pending", stat.pending().get());
    } else {
      json.writeNullField("pending");
    }
    json.writeBooleanField("pendingRestart", stat.pendingRestart());
    json.writeStringField("type", stat.type().toString());
    json.writeStringField("default", stat.defaultValue());
    Json.text(json, "min", stat.range().least());
    Json.text(json, "max", stat.range().most());
    Json.texts(json, "choices", stat.choices());
    json.writeBooleanField("placeholder", stat.placeholder());
    Json.text(json, "description", stat.description());
    json.writeEndObject();
  }

  /** Returns the table of the settings given. */
  static String table(List<SettingStat> stats) {
    Table table = Table.of("NAME", "VALUE", "UNIT", "SOURCE", "CHANGE", "REMARK");
    for (SettingStat stat : stats) {
      table.row(
          stat.name(),
          quoted(stat.value()),
          stat.unit().isEmpty() ? "-" : stat.unit(),
          place(stat),
          stat.change(),
          remark(stat));
    }
    return table.toString();
  }

  private static String sheet(SettingStat stat) {
    Table table = Table.plain();
    table.row("name", stat.name());
    table.row("description", stat.description().isEmpty() ? "-" : stat.description());
    table.row("value", quoted(stat.value()));
    table.row("default", quoted(stat.defaultValue()));
    table.row("type", stat.type() + (stat.unit().isEmpty() ? "" : ", counted in " + stat.unit()));
    String limits = String.join(", ", stat.choices());
    table.row("limits", limits.isEmpty() ? orDash(stat.range().toString()) : limits);
    table.row("source", place(stat));
    table.row("change", stat.change());
    table.row("remark", orDash(remark(stat)));
    return table.toString();
  }

  private static String place(SettingStat stat) {
    OptionalInt line = stat.line();
    return stat.file()
        .map(file -> line.isPresent() ? file + ":" + line.getAsInt() : file)
        .orElse(stat.source().toString());
  }

  private static String remark(SettingStat stat) {
    String pending =
        stat.pending()
            .map(
                value ->
                    "%s waits for a %s"
                        .formatted(quoted(value), stat.pendingRestart() ? "restart" : "reload"))
            .orElse("");
    return stat.placeholder() ? ("placeholder; " + pending).replaceFirst("; $", "") : pending;
  }

  private static String quoted(String value) {
    return value.isEmpty() || value.contains(" ") ? "'" + value + "'" : value;
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
