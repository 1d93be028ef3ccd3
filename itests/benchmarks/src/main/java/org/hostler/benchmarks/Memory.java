// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What this JVM takes of the machine's memory, after a collection.
 *
 * @param heap bytes of live objects
 * @param resident bytes of the process's share of physical memory; only Linux says that
 */
record Memory(long heap, long resident) {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int MOST_LOOKS = 10;

  /**
   * Takes both, once the process's share does not change any more: a collector gives memory back
   * after the collection, in pieces.
   */
  static Memory now() throws IOException {
    long heap = liveHeap();
    long resident = proportionalSet();
    for (int i = 0; i < MOST_LOOKS; i++) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      long before = resident;
      resident = proportionalSet();
      if (Math.abs(resident - before) <= before / 200) {
        break;
      }
    }
    return new Memory(heap, resident);
  }

  /** Returns the bytes of live objects, after a collection. */
  static long liveHeap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long proportionalSet() throws IOException {
    Path file = Path.of("/proc/self/smaps_rollup");
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
        .findFirst()
        .orElseThrow(() -> new IOException(file + ": no Pss"));
  }
}
