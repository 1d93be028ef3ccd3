// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where the host's own unexpected problems go: one line to the terminal, the trace to a file of the
 * instance's {@code log/}.
 */
final class Trouble {

  private final Path file;

  Trouble(Path file) {
    this.file = file;
  }

  /** Says one line on standard error and writes the trace to the file. */
  void report(String what, Throwable problem) {
    boolean written = write(what, problem);
    System.err.println(
        "%s: %s%s"
            .formatted(what, Words.of(problem), written ? " (the trace is in " + file + ")" : ""));
  }

  /** Writes to the file only; what cannot be written there has no other place to go. */
  boolean write(String what, Throwable problem) {
    StringWriter text = new StringWriter();
    problem.printStackTrace(new PrintWriter(text, true));
    return append(what + System.lineSeparator() + text);
  }

  private synchronized boolean append(String text) {
    try {
      Files.writeString(
          file,
          Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return true;
    } catch (IOException unwritable) {
      return false;
    }
  }
}
