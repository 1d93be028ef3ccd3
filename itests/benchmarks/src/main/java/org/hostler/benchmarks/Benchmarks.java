// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program: {@code launch}, {@code scale}, {@code boot}, {@code deploy} or {@code session}, then
 * options.
 */
public final class Benchmarks {
  private static final String USAGE =
      """
      usage: java -jar org.hostler.benchmarks-VERSION.jar launch|scale|boot|deploy|session [OPTION]…
        rounds=N            how often everything is measured
        java=DIRECTORY      the JDK the hosts run on
        levels=N,N,…        scale: numbers of live workers
        distribution=DIR    the unpacked distribution
        options=TEXT        options for the hosts' JVM
        url=URL user=NAME   session: a database on a server instead of the embedded one""";

  private Benchmarks() {}

  /**
   * Runs a benchmark and prints what it finds on standard output.
   *
   * @param arguments the benchmark and its options
   */
  public static void main(String[] arguments) throws Exception {
    String name = arguments.length == 0 ? "" : arguments[0];
    switch (name) {
      case "launch", "session" -> inHost(name, Options.of(arguments), "0");
      case "scale" -> inHost(name, Options.of(arguments), "10,1000,10000,100000");
      case "boot" -> new BootBenchmark(Options.of(arguments)).run();
      case "deploy" -> new DeployBenchmark(Options.of(arguments)).run();
      default -> {
        System.err.println(USAGE);
        System.exit(2);
      }
    }
  }

  /** Preloads this jar into a host of its own, which measures itself and stops. */
  private static void inHost(String name, Options options, String levels)
      throws IOException, InterruptedException {
    try (Workplace workplace = new Workplace()) {
      Path base = workplace.instance(options);
      workplace.addOwnJar(base.resolve("extensions"));
      List<String> jvm = new ArrayList<>();
      jvm.add("-D%s=%s".formatted(HostRun.BENCHMARK, name));
      jvm.add("-D%s=%d".formatted(HostRun.ROUNDS, options.rounds(5)));
      jvm.add("-D%s=%s".formatted(HostRun.LEVELS, options.levels(levels)));
      jvm.add("-D%s=%b".formatted(HostRun.REMOTE, !options.url().isEmpty()));
      List<String> settings = new ArrayList<>();
      settings.addAll(List.of("-c", "shared_preload_libraries=" + Functions.LIBRARY));
      settings.addAll(List.of("-c", "max_worker_processes=101000"));
      if (!options.url().isEmpty()) {
        settings.addAll(List.of("-c", "database.main.url=" + options.url()));
        settings.addAll(List.of("-c", "database.main.user=" + options.user()));
      }
      try (HostRun host = HostRun.start(options, base, jvm, settings.toArray(String[]::new))) {
        print(host.output());
        host.awaitEnd();
      }
    }
  }

  private static void print(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      System.out.println(line);
      if (line.equals(HostRun.FAILED)) {
        throw new IllegalStateException("see standard error");
      }
    }
  }
}
