// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;

/**
 * Where a command prints.
 *
 * <p>At the end of a pipeline it is the session's own stream and not the one that Gogo offers: that
 * one is closed for good when the printing thread is interrupted, and with it the session. Text is
 * encoded as the terminal wants it, in UTF-8 when there is none, whatever the JVM's default is.
 */
final class Output {
  private static final JsonFactory JSON = new JsonFactory();

  private final PrintStream out;
  private final Charset charset;

  /** Prints to a stream. */
  Output(PrintStream out, Charset charset) {
    this.out = out;
    this.charset = charset;
  }

  /** Returns the output of the command that the calling thread executes. */
  static Output of(CommandSession session) {
    Process process = Process.Utils.current();
    if (process != null && !process.isTty(1)) {
      return new Output(process.out(), StandardCharsets.UTF_8);
    }
    boolean known = session.get(SteadySession.CHARSET) instanceof Charset;
    return new Output(
        session.getConsole(),
        known ? (Charset) session.get(SteadySession.CHARSET) : StandardCharsets.UTF_8);
  }

  /** Prints a text as it is. */
  void print(String text) {
    byte[] bytes = text.getBytes(charset);
    out.write(bytes, 0, bytes.length); // in one piece: lines of several threads do not mix
    out.flush();
  }

  /** Prints a text and ends the line. */
  void line(String text) {
    print(text + "\n");
  }

  /** Tells whether nobody reads any more. */
  boolean broken() {
    return out.checkError();
  }

  /** Writes one JSON value. */
  interface JsonValue {
    /** Writes it. */
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** Prints one JSON value on a line of its own. */
  void json(JsonValue value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      value.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    line(text.toString());
  }

  /** How the elements of an array are written. */
  interface JsonElement<T> {
    /** Writes one element. */
    void write(JsonGenerator json, T element) throws IOException;
  }

  /** Prints a JSON array. */
  <T> void array(List<T> elements, JsonElement<T> form) {
    json(
        json -> {
          json.writeStartArray();
          for (T element : elements) {
            form.write(json, element);
          }
          json.writeEndArray();
        });
  }
}
