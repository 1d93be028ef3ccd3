// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A benchmark in a host of its own, which preloads this jar, measures itself and stops. */
final class Preloaded {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** What wakes up on another processor takes ten times as long: its figure needs a fixed one. */
  private static final Set<String> PINNED = Set.of("latch", "scale-pinned");

  /** What only a host that has not done anything else can tell: a host for each round. */
  private static final Set<String> FRESH = Set.of("memory", "memory-bare");

  /** What differs by half between one round and the next, whoever wakes, and takes little time. */
  private static final Map<String, Integer> MORE_ROUNDS = Map.of("launch", 15);

  private final String name;
  private final Options options;

  Preloaded(String name, Options options) {
    this.name = name;
    this.options = options;
  }

  void run(Results.Sink sink) throws IOException, InterruptedException {
    int hosts = FRESH.contains(name) ? options.rounds() : 1;
    for (int host = 0; host < hosts; host++) {
      runOne(sink);
    }
  }

  private void runOne(Results.Sink sink) throws IOException, InterruptedException {
    try (Workplace workplace = new Workplace()) {
      Path base = workplace.instance(options);
      workplace.addOwnJar(base.resolve("extensions"));
      List<String> command = PINNED.contains(name) ? Programs.onOneProcessor() : List.of();
      try (HostRun host = HostRun.start(options, base, command, jvm(), settings());
          Limit limit = new Limit(LONGEST, host::close)) {
        read(host.output(), sink);
        if (limit.reached()) {
          throw new IllegalStateException("it had not ended after " + LONGEST);
        }
        host.awaitEnd();
      }
    }
  }

  private List<String> jvm() {
    return List.of(
        "-D%s=%s".formatted(HostRun.BENCHMARK, name),
        "-D%s=%d".formatted(HostRun.ROUNDS, rounds()),
        "-D%s=%s".formatted(HostRun.LEVELS, options.levels()),
        "-D%s=%b".formatted(Effort.QUICK, options.quick()),
        "-D%s=%b".formatted(HostRun.REMOTE, !options.url().isEmpty()));
  }

  private int rounds() {
    Integer more = MORE_ROUNDS.get(name);
    return more == null ? options.rounds() : options.rounds(more);
  }

  private String[] settings() {
    List<String> settings = new ArrayList<>();
    settings.addAll(List.of("-c", "shared_preload_libraries=" + Functions.LIBRARY));
    settings.addAll(List.of("-c", "max_worker_processes=101000"));
    if (!options.url().isEmpty()) {
      settings.addAll(List.of("-c", "database.main.url=" + options.url()));
      settings.addAll(List.of("-c", "database.main.user=" + options.user()));
    }
    return settings.toArray(String[]::new);
  }

  private static void read(BufferedReader output, Results.Sink sink) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(HostRun.FAILED)) {
        throw new IllegalStateException(line);
      }
      if (!sink.read(line)) {
        System.out.println(line);
      }
    }
  }
}
