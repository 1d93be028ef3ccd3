// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a script waits for that asks a running host: whole processes of {@code bin/hostler}. */
final class CommandsBenchmark {
  private static final int ROUNDS = 20;
  private static final int WARM_UP = 3;

  private final Options options;

  CommandsBenchmark(Options options) {
    this.options = options;
  }

  void run(Results.Sink sink) throws IOException, InterruptedException {
    try (Workplace workplace = new Workplace()) {
      Path base = workplace.instance(options);
      try (HostRun host = HostRun.start(options, base, List.of(), List.of())) {
        host.awaitLine("ready in ");
        for (int round = -WARM_UP; round < options.rounds(ROUNDS); round++) {
          double exec = millis(base, "exec", "bgw:list");
          double status = millis(base, "status");
          if (round >= 0) {
            sink.add("exec", "ms", exec);
            sink.add("status", "ms", status);
          }
        }
        host.stop();
      }
    }
  }

  private double millis(Path base, String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = HostRun.command(options, options.distribution(), base, words);
    long begun = System.nanoTime();
    Programs.run(builder);
    return (System.nanoTime() - begun) / 1e6;
  }
}
