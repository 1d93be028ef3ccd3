// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The anchor beside a host's prompt and memory: Felix's own distribution, with its shell, in a
 * terminal; its second start and later ones, when its bundles are installed. Unless the program is
 * told where that distribution is, nothing is measured.
 */
final class FelixShell {
  private static final String PROMPT = "g! ";

  private final Options options;
  private final Path home;

  FelixShell(Options options, Workplace workplace) throws IOException {
    this.options = options;
    this.home =
        options.felix().isEmpty()
            ? Path.of("")
            : workplace.copyOf(Path.of(options.felix()), "felix");
  }

  /** Takes the time to the prompt, and the memory then, as of a host. */
  void measure(Results.Sink sink) throws IOException, InterruptedException {
    if (options.felix().isEmpty()) {
      return;
    }
    List<String> command = List.of(options.jdk().java().toString(), "-jar", "bin/felix.jar");
    Instant asked = Instant.now();
    try (TerminalRun shell = TerminalRun.start(command, home, Map.of(), PROMPT)) {
      sink.add("felix prompt", "ms", BootBenchmark.millis(asked, shell.awaitPrompt()));
      BootBenchmark.settle(options);
      sink.add("felix rss", "MB", ProcessFiles.resident(shell.pid()));
      shell.stop();
    }
  }
}
