// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A host that {@code hostler run} keeps in the foreground, with no terminal. */
final class Foreground {
  private final Process process;
  private final Path out;
  private final Path err;

  Foreground(Instance instance, ProcessBuilder builder) throws IOException {
    out = instance.base().resolve("foreground.out");
    err = instance.base().resolve("foreground.err");
    process =
        builder
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  /** Waits for the ready line on stdout. */
  Foreground awaitReady() {
    Await.until(
        "ready line",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the host ended with " + process.exitValue() + ":\n" + err());
          }
          return out().lines().anyMatch(line -> line.startsWith("ready in "));
        });
    return this;
  }

  /** Sends a signal, for instance {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder(List.of("kill", "-" + name, Long.toString(process.pid()))).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + name + " exited with " + kill.exitValue());
    }
  }

  /** Waits for the end of the host; returns what it came to. */
  Outcome awaitEnd() throws InterruptedException {
    if (!process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the host does not end:\n" + out() + err());
    }
    return new Outcome(List.of("run"), process.exitValue(), out(), err());
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
