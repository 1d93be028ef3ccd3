// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while it is open; the tests' logger writes to the error output. */
final class CapturedLog implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  CapturedLog() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  /** Returns the lines so far that contain these words. */
  List<String> lines(String words) {
    return bytes.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains(words)).toList();
  }

  /** Waits for a line with these words. */
  void await(String words) {
    TestFramework.await(
        "a log line with: " + words + "; there is:\n" + bytes, () -> !lines(words).isEmpty());
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
