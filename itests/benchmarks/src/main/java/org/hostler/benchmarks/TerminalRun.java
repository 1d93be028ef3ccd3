// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A host in the foreground of a terminal, so that it has a prompt. The terminal is made by {@code
 * script}, a program every Linux has.
 */
final class TerminalRun implements AutoCloseable {
  private static final String PROMPT = "hostler> ";

  private final Process process;
  private final Path base;

  private TerminalRun(Process process, Path base) {
    this.process = process;
    this.base = base;
  }

  /**
   * Starts a distribution as it is unpacked.
   *
   * @param jvm options for its JVM
   */
  static TerminalRun start(Options options, Path distribution, List<String> jvm)
      throws IOException {
    String script =
        Programs.find("script")
            .orElseThrow(() -> new IllegalStateException("there is no program script"))
            .toString();
    String command = "exec '%s' run".formatted(distribution.resolve("bin").resolve("hostler"));
    ProcessBuilder builder = new ProcessBuilder(script, "-qfec", command, "/dev/null");
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("TERM", "xterm");
    builder.environment().put("JAVA_HOME", options.java().toString());
    builder.environment().put("JAVA_OPTS", String.join(" ", jvm));
    return new TerminalRun(builder.redirectErrorStream(true).start(), distribution);
  }

  /** Returns when the prompt was there. */
  Instant awaitPrompt() throws IOException {
    InputStream output = process.getInputStream();
    StringBuilder all = new StringBuilder();
    byte[] some = new byte[4_096];
    for (int length = output.read(some); length >= 0; length = output.read(some)) {
      Instant now = Instant.now();
      all.append(new String(some, 0, length, StandardCharsets.UTF_8));
      if (all.indexOf(PROMPT) >= 0) {
        return now;
      }
    }
    throw new IllegalStateException("the host ended without a prompt: " + all);
  }

  /** Returns the host's process, which is not the terminal's. */
  long pid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(base.resolve("run").resolve("hostler.pid")).get(0).strip());
  }

  /** Has the host stop, and waits for that. */
  void stop() throws IOException, InterruptedException {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroy);
    process.getInputStream().readAllBytes();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the host does not end");
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
