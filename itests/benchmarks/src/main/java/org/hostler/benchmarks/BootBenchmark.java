// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * From executing {@code bin/hostler} to the first worker's code, to the ready line and to the
 * prompt, on the distribution as it is unpacked, samples and shell included; the second start and
 * later ones, when the class-data archive is there. In turn with it: what the parts of a start
 * take, the bare framework, without any bundle, and Felix's own distribution.
 *
 * <p>The first worker is the preloaded heartbeat. Its first act is a line in the log, which tells
 * the time to the millisecond.
 */
final class BootBenchmark {
  private static final int ROUNDS = 9;
  private static final Duration LONG = Duration.ofSeconds(60);

  /** After that, what a start leaves to do is done. */
  private static final Duration SETTLED = Duration.ofSeconds(4);

  private static final Duration QUICK_SETTLED = Duration.ofSeconds(1);

  private final Options options;
  private final Results.Sink sink;

  BootBenchmark(Options options, Results.Sink sink) {
    this.options = options;
    this.sink = sink;
  }

  void run() throws IOException, InterruptedException {
    try (Workplace workplace = new Workplace()) {
      Path home = workplace.copyOf(options.distribution());
      start(home, (name, unit, value) -> {});
      awaitArchive(home.resolve("run"));
      start(home, (name, unit, value) -> {});
      BareFramework.Launch bare = BareFramework.launch(options, workplace);
      bare.millis(); // has the files in memory, as the host's are
      FelixShell shell = new FelixShell(options, workplace);
      shell.measure((name, unit, value) -> {}); // fills its cache
      for (int round = 0; round < options.rounds(ROUNDS); round++) {
        start(home, sink);
        prompt(home);
        BootParts.measure(options, home, workplace.directory().resolve("classes.log"), sink);
        sink.add("bare framework", "ms", bare.millis());
        shell.measure(sink);
      }
    }
  }

  private void start(Path home, Results.Sink to) throws IOException, InterruptedException {
    Instant asked = Instant.now();
    try (HostRun host = HostRun.start(options, home)) {
      host.awaitLine("ready in ");
      Instant said = Instant.now();
      Instant beat = Heartbeat.awaitFirst(home, asked);
      to.add("boot first worker", "ms", millis(asked, beat));
      to.add("boot ready", "ms", millis(asked, said));
      host.stop();
    }
  }

  /** Takes the time to the prompt, which only a terminal is given, and the memory then. */
  private void prompt(Path home) throws IOException, InterruptedException {
    Instant asked = Instant.now();
    try (TerminalRun host = TerminalRun.start(options, home, List.of())) {
      sink.add("boot prompt", "ms", millis(asked, host.awaitPrompt()));
      settle(options);
      sink.add("boot rss", "MB", ProcessFiles.resident(host.pid()));
      host.stop();
    }
  }

  static void settle(Options options) {
    LockSupport.parkNanos((options.quick() ? QUICK_SETTLED : SETTLED).toNanos());
  }

  static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  private static void awaitArchive(Path run) throws IOException {
    Instant end = Instant.now().plus(LONG);
    while (Instant.now().isBefore(end)) {
      try (Stream<Path> files = Files.list(run)) {
        if (files.anyMatch(file -> file.toString().endsWith(".jsa"))) {
          return;
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new IllegalStateException(run + ": no class-data archive was made");
  }
}
