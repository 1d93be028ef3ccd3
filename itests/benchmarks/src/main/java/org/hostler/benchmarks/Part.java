// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is measured in one go, on one JDK.
 *
 * @param name its name on the command line
 * @param body measures
 */
record Part(String name, Body body) {

  /** Measures. */
  interface Body {
    /**
     * Measures on the JDK of the options.
     *
     * @throws IOException if something could not be done
     * @throws IllegalStateException if what is measured did not behave
     */
    void run(Options options, Results.Sink sink) throws IOException, InterruptedException;
  }

  /** Returns all, in the order in which a whole run takes them. */
  static List<Part> all() {
    Stream<Part> inHost =
        Stream.of(
                "launch",
                "cycle",
                "restart",
                "terminate",
                "latch",
                "lookup",
                "fill",
                "scale",
                "scale-pinned",
                "memory",
                "memory-bare",
                "memory-prototype",
                "session")
            .map(name -> new Part(name, (options, sink) -> new Preloaded(name, options).run(sink)));
    Stream<Part> outside =
        Stream.of(
            new Part("loops", (options, sink) -> new LoopsBenchmark(options).run(sink)),
            new Part("install", Part::install),
            new Part("boot", (options, sink) -> new BootBenchmark(options, sink).run()),
            new Part("deploy", (options, sink) -> new DeployBenchmark(options).run(sink)),
            new Part("commands", (options, sink) -> new CommandsBenchmark(options).run(sink)));
    return Stream.concat(inHost, outside).toList();
  }

  /** Returns the one of that name. */
  static Optional<Part> named(String name) {
    return all().stream().filter(part -> part.name().equals(name)).findFirst();
  }

  /** In a host and in the bare framework in turn, each of them new for each round. */
  private static void install(Options options, Results.Sink sink)
      throws IOException, InterruptedException {
    String count = Integer.toString(InstallBenchmark.count(options.quick()));
    for (int round = 0; round < options.rounds(); round++) {
      new Preloaded("install", options).run(sink);
      try (Workplace workplace = new Workplace()) {
        BareFramework.launch(options, workplace, BareInstall.class.getName(), count)
            .output()
            .lines()
            .forEach(sink::read);
      }
    }
  }
}
