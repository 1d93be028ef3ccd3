// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A program, usually a host, in the foreground of a terminal, so that it has a prompt. The terminal
 * is made by {@code script}, a program every Linux has.
 */
final class TerminalRun implements AutoCloseable {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final Process process;
  private final String prompt;

  private TerminalRun(Process process, String prompt) {
    this.process = process;
    this.prompt = prompt;
  }

  /**
   * Starts a distribution as it is unpacked.
   *
   * @param jvm options for its JVM
   */
  static TerminalRun start(Options options, Path distribution, List<String> jvm)
      throws IOException {
    List<String> command =
        List.of(distribution.resolve("bin").resolve("hostler").toString(), "run");
    Map<String, String> environment =
        Map.of("JAVA_HOME", options.java().toString(), "JAVA_OPTS", String.join(" ", jvm));
    return start(command, distribution, environment, "hostler> ");
  }

  /**
   * Starts a program.
   *
   * @param directory where it runs
   * @param prompt what it writes when it is ready for a person
   */
  static TerminalRun start(
      List<String> command, Path directory, Map<String, String> environment, String prompt)
      throws IOException {
    String script =
        Programs.find("script")
            .orElseThrow(() -> new IllegalStateException("there is no program script"))
            .toString();
    String quoted =
        command.stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" ", "exec ", ""));
    ProcessBuilder builder =
        new ProcessBuilder(script, "-qfec", quoted, "/dev/null").directory(directory.toFile());
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("TERM", "xterm");
    builder.environment().putAll(environment);
    return new TerminalRun(builder.redirectErrorStream(true).start(), prompt);
  }

  /** Returns when the prompt was there. */
  Instant awaitPrompt() throws IOException {
    try (Limit limit = new Limit(LONG, this::close)) {
      return readPrompt(limit);
    }
  }

  private Instant readPrompt(Limit limit) throws IOException {
    InputStream output = process.getInputStream();
    StringBuilder all = new StringBuilder();
    byte[] some = new byte[4_096];
    for (int length = output.read(some); length >= 0; length = output.read(some)) {
      Instant now = Instant.now();
      all.append(new String(some, 0, length, StandardCharsets.UTF_8));
      if (all.indexOf(prompt) >= 0) {
        return now;
      }
    }
    throw new IllegalStateException(
        "%s without a prompt: %s"
            .formatted(limit.reached() ? "it was ended after a minute" : "it ended", all));
  }

  /** Returns the program's process, which is not the terminal's. */
  long pid() {
    return child().pid();
  }

  /** Returns the JVM's process; scripts may stand between it and the terminal. */
  private ProcessHandle child() {
    return process
        .descendants()
        .filter(each -> each.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the program has ended"));
  }

  /** Types a line. */
  void type(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\r").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /** Has it stop as a signal does, and waits for that. */
  void stop() throws IOException, InterruptedException {
    child().destroy();
    try (Limit limit = new Limit(LONG, this::close)) {
      process.getInputStream().readAllBytes();
      process.waitFor();
      if (limit.reached()) {
        throw new IllegalStateException("what runs in the terminal does not end");
      }
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
