// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a command of {@code bin/hostler} came to.
 *
 * @param command what was typed
 * @param exit its exit code
 * @param out what it wrote on stdout
 * @param err what it wrote on stderr
 */
record Outcome(List<String> command, int exit, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STACK_TRACE =
      Pattern.compile("^\\s+at [\\w.$/]+\\(|^Exception in |^Caused by:", Pattern.MULTILINE);

  /** No command whatever shows a person a stack trace of the host. */
  Outcome {
    if (STACK_TRACE.matcher(err).find()) {
      throw new AssertionError("stack trace on the terminal: " + describe(command, exit, out, err));
    }
  }

  /** Asserts that all went well. */
  Outcome ok() {
    return exits(0);
  }

  /** Asserts the exit code. */
  Outcome exits(int expected) {
    if (exit != expected) {
      throw new AssertionError("expected exit code " + expected + ": " + this);
    }
    return this;
  }

  /**
   * Asserts that it was refused in words: this exit code, nothing on stdout, and a message on
   * stderr that contains each of these.
   */
  Outcome refused(int expected, String... words) {
    exits(expected);
    if (err.isBlank() || !out.isBlank()) {
      throw new AssertionError("expected words on stderr and nothing on stdout: " + this);
    }
    for (String word : words) {
      if (!err.contains(word)) {
        throw new AssertionError("expected \"" + word + "\" on stderr: " + this);
      }
    }
    return this;
  }

  /** Reads stdout as one JSON value and nothing else. */
  JsonNode json() {
    try {
      return JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + this, e);
    }
  }

  /** Reads stdout as one JSON value a line. */
  List<JsonNode> jsonLines() {
    return out.lines().map(line -> new Outcome(command, exit, line, err).json()).toList();
  }

  @Override
  public String toString() {
    return describe(command, exit, out, err);
  }

  private static String describe(List<String> command, int exit, String out, String err) {
    return "%s exited with %d\n--- stdout\n%s\n--- stderr\n%s".formatted(command, exit, out, err);
  }
}
