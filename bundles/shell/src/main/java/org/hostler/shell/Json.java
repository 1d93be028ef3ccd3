// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes fields; what is missing is null, an empty text, too. */
final class Json {
  private Json() {}

  static void text(JsonGenerator json, String key, String text) throws IOException {
    if (text.isEmpty()) {
      json.writeNullField(key);
    } else {
      json.writeStringField(key, text);
    }
  }

  static void text(JsonGenerator json, String key, Optional<?> value) throws IOException {
    text(json, key, value.map(Object::toString).orElse(""));
  }

  static void time(JsonGenerator json, String key, Optional<Instant> time) throws IOException {
    text(json, key, time.map(Timestamps::of));
  }

  static void number(JsonGenerator json, String key, OptionalLong number) throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(key, number.getAsLong());
    } else {
      json.writeNullField(key);
    }
  }

  static void number(JsonGenerator json, String key, OptionalInt number) throws IOException {
    number(
        json, key, number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty());
  }

  static void texts(JsonGenerator json, String key, List<?> texts) throws IOException {
    json.writeArrayFieldStart(key);
    for (Object text : texts) {
      json.writeString(text.toString());
    }
    json.writeEndArray();
  }
}
