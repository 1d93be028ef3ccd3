// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a manifest header of OSGi's common syntax, such as {@code
 * org.hostler.function;name=f}. The framework reads headers by itself; this is for jars that are
 * not installed.
 *
 * @param name the clause's first path
 * @param attributes its attributes without their types and quotes; directives are left out
 */
record HeaderClause(String name, Map<String, String> attributes) {

  /** Reads the clauses of a header; what does not fit the syntax is read as far as it goes. */
  static List<HeaderClause> parse(String header) {
    List<HeaderClause> clauses = new ArrayList<>();
    for (String text : split(header, ',')) {
      clauses.add(clause(text));
    }
    return clauses;
  }

  private static HeaderClause clause(String text) {
    List<String> parts = split(text, ';');
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String part : parts) {
      int equals = part.indexOf('=');
      if (equals > 0 && part.charAt(equals - 1) != ':') {
        String key = part.substring(0, equals);
        int type = key.indexOf(':');
        attributes.put(
            (type < 0 ? key : key.substring(0, type)).strip(),
            unquoted(part.substring(equals + 1)));
      }
    }
    return new HeaderClause(parts.isEmpty() ? "" : parts.get(0), attributes);
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        addUnlessBlank(parts, text.substring(start, i));
        start = i + 1;
      }
    }
    addUnlessBlank(parts, text.substring(start));
    return parts;
  }

  private static void addUnlessBlank(List<String> parts, String part) {
    if (!part.isBlank()) {
      parts.add(part.strip());
    }
  }

  private static String unquoted(String value) {
    String text = value.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
  }
}
