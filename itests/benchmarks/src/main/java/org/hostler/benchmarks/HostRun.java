// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A host that {@code bin/hostler run} keeps in the foreground. */
final class HostRun implements AutoCloseable {
  /** Names the benchmark that runs inside the host. */
  static final String BENCHMARK = "hostler.benchmark";

  /** How many rounds it makes. */
  static final String ROUNDS = "hostler.benchmark.rounds";

  /** The numbers of live workers. */
  static final String LEVELS = "hostler.benchmark.levels";

  /** Whether the default database is on a server. */
  static final String REMOTE = "hostler.benchmark.remote";

  /** How the last line of a benchmark inside the host begins when it could not be finished. */
  static final String FAILED = "benchmark failed";

  private static final Duration LONG = Duration.ofSeconds(60);

  private final Process process;
  private final BufferedReader output;

  private HostRun(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /**
   * Starts a host that makes no class-data archive, since making it would disturb what is measured.
   *
   * @param base its instance
   * @param prefix a command that is given the host's as its arguments; empty for none
   * @param jvm options for its JVM
   * @param arguments put before the command {@code run}
   */
  static HostRun start(
      Options options, Path base, List<String> prefix, List<String> jvm, String... arguments)
      throws IOException {
    ProcessBuilder builder = builder(options, options.distribution(), base, jvm, arguments);
    builder.command().addAll(0, prefix);
    builder.environment().put("HOSTLER_CLASS_ARCHIVE", "off");
    return new HostRun(builder.start());
  }

  /** Starts a distribution as it is unpacked. */
  static HostRun start(Options options, Path distribution) throws IOException {
    return new HostRun(builder(options, distribution, distribution, List.of()).start());
  }

  private static ProcessBuilder builder(
      Options options, Path distribution, Path base, List<String> jvm, String... arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.add("run");
    ProcessBuilder builder = command(options, distribution, base, words.toArray(String[]::new));
    List<String> all = new ArrayList<>(jvm);
    all.add(options.jvmOptions());
    builder.environment().put("JAVA_OPTS", String.join(" ", all).strip());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** Returns how to execute {@code bin/hostler} with these words, for an instance. */
  static ProcessBuilder command(Options options, Path distribution, Path base, String... words) {
    List<String> command = new ArrayList<>();
    command.add(distribution.resolve("bin").resolve("hostler").toString());
    command.addAll(List.of("--base", base.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", options.java().toString());
    return builder;
  }

  long pid() {
    return process.pid();
  }

  BufferedReader output() {
    return output;
  }

  /** Reads on until a line begins so, and returns it. */
  String awaitLine(String beginning) throws IOException {
    try (Limit limit = new Limit(LONG, this::close)) {
      return readLine(beginning, limit);
    }
  }

  private String readLine(String beginning, Limit limit) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new IllegalStateException(
        "the host %s without a line \"%s\""
            .formatted(limit.reached() ? "was ended after a minute" : "ended", beginning));
  }

  /** Has the host stop, and waits for that. */
  void stop() throws InterruptedException {
    process.destroy();
    awaitEnd();
  }

  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the host does not end");
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("the host ended with status " + process.exitValue());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
