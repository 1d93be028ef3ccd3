// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a run was measured on.
 *
 * @param processor its model; {@code unknown} where the system does not say
 * @param cores how many of them this process may use
 * @param memory of the machine, in megabytes; 0 where the system does not say
 * @param system the operating system and its version
 * @param load how many threads wanted to run during the last minute; negative if unknown
 * @param used processor time that was used since the system started, in the system's ticks; 0 where
 *     the system does not say
 * @param stolen processor time that was wanted then and that a hypervisor gave to others
 */
record Machine(
    String processor, int cores, long memory, String system, double load, long used, long stolen) {
  /** Where the kernel's line about all processors has which time, its name included. */
  private static final int[] USED = {1, 2, 3, 6, 7};

  private static final int STOLEN = 8;

  static Machine now() {
    long[] ticks = ticks();
    return new Machine(
        field("/proc/cpuinfo", "model name", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(field("/proc/meminfo", "MemTotal", "0").replaceAll("\\D", "")) / 1_024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Arrays.stream(USED).mapToLong(at -> ticks[at]).sum(),
        ticks[STOLEN]);
  }

  /** Returns the kernel's times of all processors; zeros where there are none. */
  private static long[] ticks() {
    String line = lines("/proc/stat").stream().findFirst().orElse("");
    long[] ticks = new long[STOLEN + 1];
    String[] words = line.split(" +");
    for (int i = 1; i < Math.min(words.length, ticks.length); i++) {
      ticks[i] = Long.parseLong(words[i]);
    }
    return ticks;
  }

  /**
   * Returns how much of the processor time that the machine wanted since then others were given, in
   * percent; empty where the system does not say.
   */
  OptionalDouble stolenSince(Machine before) {
    long taken = stolen - before.stolen;
    long wanted = used - before.used + taken;
    return wanted == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * taken / wanted);
  }

  private static String field(String file, String name, String otherwise) {
    return lines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(otherwise);
  }

  private static List<String> lines(String file) {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return List.of();
    }
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  /** Returns what it is, without what it does. */
  String text() {
    return String.format(
        Locale.ROOT, "%d cores of %s, %,d MB, %s", cores, processor, memory, system);
  }
}
