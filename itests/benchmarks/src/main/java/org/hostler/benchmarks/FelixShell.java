// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The anchor beside a host's prompt and memory: {@link BareShell} in a terminal, with the jars of
 * the distribution. Felix's own terminal shell is not among them; it comes from the class path that
 * the program is told, and without it nothing is measured.
 */
final class FelixShell {
  private static final String PROMPT = "g! ";
  private static final List<String> OF_DISTRIBUTION =
      List.of("org.apache.felix.gogo.runtime", "jline", "org.apache.felix.gogo.command");
  private static final String TERMINAL = "org.apache.felix.gogo.jline";

  private final Options options;
  private final List<String> command;

  FelixShell(Options options, Workplace workplace) throws IOException {
    this.options = options;
    Optional<String> terminal =
        Arrays.stream(options.classPath().split(File.pathSeparator))
            .filter(jar -> isJarOf(Path.of(jar), TERMINAL))
            .findFirst();
    List<String> jars = new ArrayList<>();
    for (String name : OF_DISTRIBUTION) {
      jars.add(jar(options.distribution().resolve("bundles"), name));
    }
    terminal.ifPresent(jars::add);
    this.command =
        terminal.isEmpty()
            ? List.of()
            : BareFramework.launch(
                    options,
                    workplace,
                    BareShell.class.getName(),
                    String.join(File.pathSeparator, jars))
                .command();
  }

  private static String jar(Path directory, String name) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> isJarOf(file, name))
          .map(Path::toString)
          .findFirst()
          .orElseThrow(() -> new IOException("%s: no %s in it".formatted(directory, name)));
    }
  }

  private static boolean isJarOf(Path file, String name) {
    return String.valueOf(file.getFileName()).matches(name.replace(".", "\\.") + "-\\d.*\\.jar");
  }

  /** Takes the time to the prompt, and the memory then, as of a host. */
  void measure(Results.Sink sink) throws IOException, InterruptedException {
    if (command.isEmpty()) {
      return;
    }
    Instant asked = Instant.now();
    try (TerminalRun shell = TerminalRun.start(command, Map.of(), PROMPT)) {
      sink.add("bare felix prompt", "ms", BootBenchmark.millis(asked, shell.awaitPrompt()));
      BootBenchmark.settle(options);
      sink.add("bare felix rss", "MB", ProcessFiles.resident(shell.pid()));
      shell.stop();
    }
  }
}
