// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a benchmark is told on the command line.
 *
 * @param values by name
 */
record Options(Map<String, String> values) {
  private static final Set<String> NAMES =
      Set.of(
          "rounds",
          "java",
          "quick",
          "levels",
          "distribution",
          "options",
          "url",
          "user",
          "report",
          "postgres",
          "felix",
          "karaf",
          "karaf-minimal",
          "classpath");

  /** Set for one of several passes; nothing to be said on a command line. */
  private static final String PASSES = "passes";

  /** The first JDK with virtual threads. */
  private static final int VIRTUAL = 21;

  private static final int ROUNDS = 5;
  private static final int QUICK_ROUNDS = 1;

  /** Reads {@code name=value} words, from the second on. */
  static Options of(String... arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String argument : Arrays.asList(arguments).subList(1, arguments.length)) {
      String[] parts = argument.split("=", 2);
      if (parts.length != 2 || !NAMES.contains(parts[0])) {
        throw new IllegalArgumentException(
            "\"%s\": not one of %s with a value".formatted(argument, NAMES));
      }
      values.put(parts[0], parts[1]);
    }
    return new Options(values);
  }

  private Options with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Options(more);
  }

  /** Returns this for one of the {@link #passes}, which makes its share of the rounds. */
  Options onePass() {
    return with(PASSES, Integer.toString(passes()));
  }

  /** Returns how often a whole run goes through all parts on each JDK. */
  int passes() {
    return all(ROUNDS);
  }

  /** Returns this for one of its JDKs. */
  Options on(Jdk jdk) {
    return with("java", jdk.home().toString());
  }

  /** Returns the JDKs to measure on, one after the other. */
  List<Jdk> jdks() {
    String homes = values.getOrDefault("java", System.getProperty("java.home"));
    return Arrays.stream(homes.split(",")).map(home -> Jdk.at(Path.of(home.strip()))).toList();
  }

  /** Returns the JDK the hosts run on; the first if there are several. */
  Path java() {
    return jdk().home();
  }

  /** Returns the JDK the hosts run on; the first if there are several. */
  Jdk jdk() {
    return jdks().get(0);
  }

  /** Returns whether it is enough to see that everything works. */
  boolean quick() {
    return Boolean.parseBoolean(values.getOrDefault("quick", "false"));
  }

  /** Returns how often to measure. */
  int rounds() {
    return rounds(ROUNDS);
  }

  /** Returns how often to measure what a whole run usually measures so often in all its passes. */
  int rounds(int usually) {
    int passes = Integer.parseInt(values.getOrDefault(PASSES, "1"));
    return (all(usually) + passes - 1) / passes;
  }

  private int all(int usually) {
    String given = values.getOrDefault("rounds", "");
    if (!given.isEmpty()) {
      return Integer.parseInt(given);
    }
    return quick() ? QUICK_ROUNDS : usually;
  }

  /**
   * Returns the numbers of live workers, separated by commas. Where each is a platform thread they
   * end at 10,000: more than systems usually allow to one user.
   */
  String levels() {
    boolean virtual = jdk().feature() >= VIRTUAL;
    String usually = virtual ? "10,100,1000,5000,10000,100000" : "10,100,1000,5000,10000";
    String few = virtual ? "10,100,1000,10000" : "10,100,1000";
    return values.getOrDefault("levels", quick() ? few : usually);
  }

  /** Returns the URL of the default database; empty for the embedded one. */
  String url() {
    return values.getOrDefault("url", "");
  }

  /** Returns whom the host connects to that database as. */
  String user() {
    return values.getOrDefault("user", "postgres");
  }

  /** Returns options for the host's JVM. */
  String jvmOptions() {
    return values.getOrDefault("options", "");
  }

  /** Returns where the report goes. */
  Path report() {
    return Path.of(values.getOrDefault("report", "itests/benchmarks/target"));
  }

  /** Returns PostgreSQL's {@code pg_config}: a path, or a name to look for on the path. */
  String postgres() {
    return values.getOrDefault("postgres", "pg_config");
  }

  /** Returns the class path of what is measured in loops, without a host; empty if unknown. */
  String classPath() {
    return values.getOrDefault("classpath", "");
  }

  /** Returns Felix's own unpacked distribution; empty if it is not there. */
  String felix() {
    return values.getOrDefault("felix", "");
  }

  /** Returns Karaf's unpacked distribution; empty if it is not there. */
  String karaf() {
    return values.getOrDefault("karaf", "");
  }

  /** Returns Karaf's unpacked minimal distribution; empty if it is not there. */
  String karafMinimal() {
    return values.getOrDefault("karaf-minimal", "");
  }

  /** Returns the unpacked distribution. */
  Path distribution() {
    Path directory =
        Path.of(values.getOrDefault("distribution", "host/target/hostler")).toAbsolutePath();
    if (!Files.isExecutable(directory.resolve("bin").resolve("hostler"))) {
      throw new IllegalArgumentException(
          "distribution=%s: there is no unpacked distribution".formatted(directory));
    }
    return directory;
  }
}
