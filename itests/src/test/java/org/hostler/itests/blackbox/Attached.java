// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody at {@code hostler shell}: keys go in one by one, what is shown can be looked at. */
final class Attached implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;
  private int seen;

  Attached(Instance instance) throws IOException {
    this(instance, Commands.prepare(List.of("--base", instance.base().toString(), "shell")));
  }

  private Attached(Instance instance, ProcessBuilder builder) throws IOException {
    out = instance.base().resolve("shell.out");
    err = instance.base().resolve("shell.err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("TERM", "xterm");
    process = builder.start();
  }

  /**
   * Runs a line of a POSIX shell in the instance, on a terminal made by the program {@code script}.
   *
   * @param line the line, with {@code %s} for {@code hostler run}
   */
  static Attached onTerminal(Instance instance, String line) throws IOException {
    ProcessBuilder builder = Commands.prepare(List.of("run"));
    String run = "'" + String.join("' '", builder.command()) + "'";
    builder.command("script", "-qfec", line.formatted(run), "/dev/null");
    builder.directory(instance.base().toFile());
    builder.environment().put("HOSTLER_BASE", instance.base().toString());
    builder.environment().put("SHELL", "/bin/sh");
    return new Attached(instance, builder);
  }

  /** Presses keys. */
  Attached type(String keys) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write(keys.getBytes(StandardCharsets.UTF_8));
    in.flush();
    return this;
  }

  /** Waits until this is shown, after whatever was waited for before. */
  Attached see(String text) {
    Await.until(
        "\"" + text + "\" in the shell",
        () -> {
          int at = shown().indexOf(text, seen);
          seen = at < 0 ? seen : at + text.length();
          return at >= 0;
        });
    return this;
  }

  /** Returns all that was shown. */
  String shown() {
    try {
      return new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Leaves nothing more to be read, as a terminal that is lost. */
  Attached hangUp() throws IOException {
    process.getOutputStream().close();
    return this;
  }

  /** Waits for the end of the client. */
  Outcome awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the shell does not end:\n" + shown());
    }
    return new Outcome(List.of("shell"), process.exitValue(), shown(), Files.readString(err));
  }

  /** Ends the client as a crash of its terminal would. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
