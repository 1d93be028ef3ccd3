// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, collections, texts, numbers and truth values as JSON. */
final class Json {
  private final StringBuilder text = new StringBuilder();

  private Json() {}

  /**
   * Returns a value as JSON.
   *
   * @throws IllegalArgumentException if it is, or contains, anything else
   */
  static String of(Map<String, ?> value) {
    Json json = new Json();
    json.write(value, "");
    return json.text.append('\n').toString();
  }

  private void write(@Nullable Object value, String indent) {
    if (value == null || value instanceof Double number && !Double.isFinite(number)) {
      text.append("null");
    } else if (value instanceof Map<?, ?> map) {
      list('{', '}', map.entrySet(), indent);
    } else if (value instanceof Collection<?> all) {
      list('[', ']', all, indent);
    } else if (value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else if (value instanceof String string) {
      quote(string);
    } else {
      throw new IllegalArgumentException("JSON has nothing for a " + value.getClass());
    }
  }

  private void list(char open, char close, Collection<?> all, String indent) {
    String deeper = indent + "  ";
    text.append(open);
    for (Iterator<?> rest = all.iterator(); rest.hasNext(); ) {
      text.append('\n').append(deeper);
      Object each = rest.next();
      if (each instanceof Map.Entry<?, ?> entry) {
        quote(String.valueOf(entry.getKey()));
        text.append(": ");
        write(entry.getValue(), deeper);
      } else {
        write(each, deeper);
      }
      text.append(rest.hasNext() ? "," : "\n" + indent);
    }
    text.append(close);
  }

  private void quote(String string) {
    text.append('"');
    for (char c : string.toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
