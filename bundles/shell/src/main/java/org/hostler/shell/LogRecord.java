// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One record of the log: a line that begins with a time, and the lines that belong to it.
 *
 * <p>The form is {@code 2026-11-20T23:59:59.123Z LEVEL [3:17 "worker name"] logger - message}; the
 * brackets are missing where no worker speaks; in the name a double quote and a backslash have a
 * backslash before them.
 */
final class LogRecord {
  private static final Pattern BEGINNING = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.,]+Z .*");
  private static final Pattern HEAD =
      Pattern.compile(
          "(\\S+) +(\\S+) +(?:\\[(\\d+:\\d+)(?: \"((?:\\\\.|[^\"\\\\])*)\")?\\] +)?(\\S+) +-"
              + " ?(.*)");

  private final List<String> lines = new ArrayList<>();

  /** Begins a record with its first line. */
  LogRecord(String first) {
    lines.add(first);
  }

  /** Tells whether a line begins a record. */
  static boolean begins(String line) {
    return BEGINNING.matcher(line).matches();
  }

  /** Adds a line that belongs to this record. */
  void add(String line) {
    lines.add(line);
  }

  /** Returns the lines, at least one. */
  List<String> lines() {
    return lines;
  }

  /** Tells whether it was written by the worker, or about it by the host. */
  boolean concerns(String id, String name) {
    Matcher head = HEAD.matcher(lines.get(0));
    if (!head.matches()) {
      return false;
    }
    String message = head.group(6);
    if (id.isEmpty()) {
      return name.equals(name(head)) || message.contains("worker \"" + name + "\"");
    }
    return id.equals(head.group(3)) || message.contains("(" + id + ")");
  }

  /** Writes it; what does not have the form is all message. */
  void json(JsonGenerator json) throws IOException {
    Matcher head = HEAD.matcher(lines.get(0));
    boolean formed = head.matches();
    json.writeStartObject();
    Json.text(json, "at", group(head, formed, 1));
    Json.text(json, "level", group(head, formed, 2));
    Json.text(json, "id", group(head, formed, 3));
    Json.text(json, "name", formed ? name(head) : "");
    Json.text(json, "logger", group(head, formed, 5));
    List<String> message = new ArrayList<>(lines);
    if (formed) {
      message.set(0, head.group(6));
    }
    json.writeStringField("message", String.join("\n", message));
    json.writeEndObject();
  }

  private static String name(Matcher head) {
    return group(head, true, 4).replaceAll("\\\\(.)", "$1");
  }

  private static String group(Matcher head, boolean formed, int number) {
    return formed && head.group(number) != null ? head.group(number) : "";
  }
}
