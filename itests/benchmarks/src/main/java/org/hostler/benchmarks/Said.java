// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a {@link SayingProbe} says.
 *
 * @param file where
 */
record Said(Path file) {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** By name: its interface is the framework's, and not on this program's class path. */
  private static final String PROBE = "org.hostler.benchmarks.SayingProbe";

  /**
   * Something that was said.
   *
   * @param at when
   * @param bundle the probe's identifier
   */
  record Line(Instant at, long bundle) {}

  /** Returns the option of a JVM in which probes say it there. */
  String option() {
    return "-D" + SayingProbe.FILE + "=" + file;
  }

  /** Makes a probe's jar. */
  static void probe(Path jar, String symbolicName) throws IOException {
    Files.write(jar, TinyBundle.of(symbolicName, PROBE, "org.osgi.framework"));
  }

  /** Waits until that has been said, at or after that moment. */
  Line await(String what, Instant after) throws IOException {
    Instant end = Instant.now().plus(LONG);
    while (Instant.now().isBefore(end)) {
      for (String line : Files.exists(file) ? Files.readString(file).split("\n") : new String[0]) {
        String[] words = line.split(" ");
        if (words[0].equals(what) && words.length == 3) {
          Instant at = Instant.parse(words[1]);
          if (!at.isBefore(after)) {
            return new Line(at, Long.parseLong(words[2]));
          }
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    throw new IllegalStateException("%s: no probe is %s since %s".formatted(file, what, after));
  }
}
