// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The machine's own programs. */
final class Programs {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private Programs() {}

  /** Returns where a program is, if it is anywhere; a path is looked at as such. */
  static Optional<Path> find(String name) {
    if (name.contains(File.separator)) {
      return Optional.of(Path.of(name)).filter(Files::isExecutable);
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns what to put before a command that is to run on one processor; nothing if unknown. */
  static List<String> onOneProcessor() {
    return find("taskset").map(taskset -> List.of(taskset.toString(), "-c", "0")).orElse(List.of());
  }

  /**
   * Runs a program to its end.
   *
   * @return what it wrote
   * @throws IllegalStateException if it ended with another status than 0, or not at all
   */
  static String run(ProcessBuilder builder) throws IOException, InterruptedException {
    return run(builder, LONGEST);
  }

  /**
   * Runs a program to its end, for no longer than that.
   *
   * @return what it wrote
   * @throws IllegalStateException if it ended with another status than 0, or not at all
   */
  static String run(ProcessBuilder builder, Duration longest)
      throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    try (Limit limit = new Limit(longest, process::destroyForcibly)) {
      process.getOutputStream().close();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (limit.reached() || !process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(name(builder) + " does not end");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "%s ended with status %d: %s".formatted(name(builder), process.exitValue(), text));
      }
      return text;
    }
  }

  private static String name(ProcessBuilder builder) {
    return String.valueOf(Path.of(builder.command().get(0)).getFileName());
  }
}
