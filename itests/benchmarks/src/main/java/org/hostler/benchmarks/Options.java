// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a benchmark is told on the command line.
 *
 * @param values by name
 */
record Options(Map<String, String> values) {
  private static final Set<String> NAMES =
      Set.of("rounds", "java", "levels", "distribution", "options", "url", "user");

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

  int rounds(int usually) {
    return Integer.parseInt(values.getOrDefault("rounds", Integer.toString(usually)));
  }

  /** Returns the numbers of live workers. */
  String levels(String usually) {
    return values.getOrDefault("levels", usually);
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

  /** Returns the JDK the hosts run on. */
  Path java() {
    return Path.of(values.getOrDefault("java", System.getProperty("java.home")));
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
