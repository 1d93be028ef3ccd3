// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The worker that the distribution preloads, as its lines in the log show it. */
final class Heartbeat {
  private static final Duration LONG = Duration.ofSeconds(60);

  private Heartbeat() {}

  /** Returns when the worker's code ran first after that moment, to the millisecond. */
  static Instant awaitFirst(Path base, Instant after) throws IOException {
    Path log = base.resolve("log").resolve("hostler.log");
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
}
