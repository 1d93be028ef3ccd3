// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this JVM takes of the machine's memory, after a collection.
 *
 * @param heap bytes of live objects
 * @param resident bytes of the process's share of physical memory; -1 where the system does not say
 */
record Memory(long heap, long resident) {

  static Memory now() throws IOException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return new Memory(runtime.totalMemory() - runtime.freeMemory(), proportionalSet());
  }

  private static long proportionalSet() throws IOException {
    Path file = Path.of("/proc/self/smaps_rollup");
    if (!Files.isReadable(file)) {
      return -1;
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
        .findFirst()
        .orElse(-1);
  }
}
