// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the parts of a start take, one after the other, from executing {@code bin/hostler} to the
 * prompt. A part begins when its first class is loaded, which the JVM is asked to write down; that
 * makes these starts somewhat slower than those that are measured.
 */
final class BootParts {

  /** A part and the first class that it loads. */
  private record Part(String name, String firstClass) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("JVM", "java.lang.Object"),
          new Part("host", "org.hostler.host.Main"),
          new Part("framework", "org.apache.felix.framework.FrameworkFactory"),
          new Part("logging", "org.ops4j.pax.logging.internal.Activator"),
          new Part("supervisor", "org.hostler.supervisor.SupervisorActivator"),
          new Part("SCR", "org.apache.felix.cm.impl.Activator"),
          new Part("databases", "org.hostler.database.jdbc.DatabaseActivator"),
          new Part("preload", "org.hostler.supervisor.BundleWork"));

  private static final Pattern LOADED = Pattern.compile("\\[(\\d+)ms\\] (\\S+) source:.*");

  private BootParts() {}

  /**
   * Starts a distribution as it is unpacked, takes the time of each part, and stops it.
   *
   * @param log where the JVM writes what it loads
   */
  static void measure(Options options, Path home, Path log, Results.Sink sink)
      throws IOException, InterruptedException {
    Files.deleteIfExists(log);
    List<String> jvm = List.of("-Xlog:class+load:file=%s:timemillis".formatted(log));
    Instant asked = Instant.now();
    try (TerminalRun host = TerminalRun.start(options, home, jvm)) {
      Instant prompt = host.awaitPrompt();
      Instant worker = Heartbeat.awaitFirst(home, asked);
      host.stop();
      say(asked, begins(log), worker, prompt, sink);
    }
  }

  /** When a part began. */
  private record Begin(String name, Instant at) {}

  private static List<Begin> begins(Path log) throws IOException {
    List<Begin> begins = new ArrayList<>();
    List<String> lines = Files.readAllLines(log);
    for (Part part : PARTS) {
      Optional<Instant> at =
          lines.stream()
              .map(LOADED::matcher)
              .filter(Matcher::matches)
              .filter(line -> line.group(2).equals(part.firstClass()))
              .map(line -> Instant.ofEpochMilli(Long.parseLong(line.group(1))))
              .findFirst();
      begins.add(
          new Begin(
              part.name(),
              at.orElseThrow(
                  () -> new IllegalStateException(part.firstClass() + " was not loaded"))));
    }
    return begins;
  }

  private static void say(
      Instant asked, List<Begin> begins, Instant worker, Instant prompt, Results.Sink sink) {
    Begin before = new Begin("script", asked);
    for (Begin begin : begins) {
      say(before, begin.at(), sink);
      before = begin;
    }
    say(before, worker, sink);
    say(new Begin("shell", worker), prompt, sink);
  }

  private static void say(Begin part, Instant end, Results.Sink sink) {
    sink.add("boot part " + part.name(), "ms", BootBenchmark.millis(part.at(), end));
  }
}
