// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a run was measured on.
 *
 * @param processor its model; {@code unknown} where the system does not say
 * @param cores how many of them this process may use
 * @param memory of the machine, in megabytes; 0 where the system does not say
 * @param system the operating system and its version
 * @param load how many threads wanted to run during the last minute; negative if unknown
 */
record Machine(String processor, int cores, long memory, String system, double load) {

  static Machine now() {
    return new Machine(
        field("/proc/cpuinfo", "model name", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(field("/proc/meminfo", "MemTotal", "0").replaceAll("\\D", "")) / 1_024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String field(String file, String name, String otherwise) {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return otherwise;
    }
    try {
      return Files.readAllLines(path).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  /** Returns all of it but the load. */
  String text() {
    return String.format(
        Locale.ROOT, "%d cores of %s, %,d MB, %s", cores, processor, memory, system);
  }
}
