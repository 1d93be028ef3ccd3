// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * From executing {@code bin/hostler} to the first worker's code and to the ready line, on the
 * distribution as it is unpacked; the second start and later ones, when the class-data archive is
 * there. Beside it, in turn: the bare framework, without any bundle.
 *
 * <p>The first worker is the preloaded heartbeat. Its first act is a line in the log, which tells
 * the time to the millisecond.
 */
final class BootBenchmark {
  private static final String FIRST = "boot first start";
  private static final String WORKER = "boot first worker";
  private static final String READY = "boot ready";
  private static final String BARE = "bare framework";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Options options;

  BootBenchmark(Options options) {
    this.options = options;
  }

  void run(Results.Sink sink) throws IOException, InterruptedException {
    try (Workplace workplace = new Workplace()) {
      Path home = workplace.copyOf(options.distribution());
      start(home, sink, FIRST, "");
      awaitArchive(home.resolve("run"));
      start(home, sink, "", "");
      for (int round = 0; round < options.rounds(9); round++) {
        start(home, sink, WORKER, READY);
        sink.add(BARE, "ms", bareFramework(home, workplace.directory().resolve("cache")));
      }
    }
  }

  private void start(Path home, Results.Sink sink, String worker, String ready)
      throws IOException, InterruptedException {
    Instant asked = Instant.now();
    try (HostRun host = HostRun.start(options, home)) {
      host.awaitLine("ready in ");
      Instant said = Instant.now();
      Instant beat = awaitBeat(home.resolve("log").resolve("hostler.log"), asked);
      if (!worker.isEmpty()) {
        sink.add(worker, "ms", millis(asked, beat));
      }
      if (!ready.isEmpty()) {
        sink.add(ready, "ms", millis(asked, said));
      }
      host.stop();
    }
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  private static Instant awaitBeat(Path log, Instant after) throws IOException {
    Instant end = Instant.now().plus(LONG);
    while (Instant.now().isBefore(end)) {
      for (String line : Files.readAllLines(log)) {
        if (line.contains("the heart beats")) {
          Instant at = Instant.parse(line.substring(0, line.indexOf(' ')));
          if (!at.isBefore(after)) {
            return at;
          }
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    throw new IllegalStateException(log + ": the heart does not beat");
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

  private double bareFramework(Path home, Path cache) throws IOException, InterruptedException {
    String framework;
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      framework =
          jars.map(Path::toString)
              .filter(jar -> jar.contains("framework"))
              .findFirst()
              .orElseThrow();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            options.java().resolve("bin").resolve("java").toString(),
            "-cp",
            framework + System.getProperty("path.separator") + Workplace.ownJar(),
            BareFramework.class.getName(),
            cache.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    long begun = System.nanoTime();
    int status = builder.start().waitFor();
    double millis = (System.nanoTime() - begun) / 1e6;
    if (status != 0) {
      throw new IllegalStateException("the bare framework ended with status " + status);
    }
    return millis;
  }
}
