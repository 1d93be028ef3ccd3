// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the memory of a live worker consists of, by classes; the first part that fits has it. */
enum MemoryPart {
  /** The thread: what the JVM keeps of it, its stack and its timed wait. */
  THREAD(
      "java\\.lang\\.(Virtual)?Thread(\\$.*|Local.*)?|jdk\\.internal\\.vm\\..*"
          + "|java\\.util\\.concurrent\\.(ForkJoin|DelaySch|ScheduledThread|Executors).*"
          + "|\\[Ljava\\.lang\\.ThreadLocal.*"),
  /** What was asked for, and what the supervisor and the launcher know of it. */
  RECORD(
      "org\\.hostler\\.supervisor\\.(WorkerSlot|Budget|WorkerLife|LifeThread|WorkerLatch|WorkerRe).*"
          + "|org\\.hostler\\.worker\\.(BackgroundWorker|WorkerId|RestartPolicy|Datum).*"),
  /** Its place in the table and in other arrays. */
  SLOT("\\[Ljava\\.lang\\.Object;|\\[[IJ]|.*\\.AtomicReferenceArray|.*\\.SlotTable"),
  /** What the caller holds. */
  HANDLE("org\\.hostler\\.supervisor\\.WorkerHandle"),
  /** Texts: its name and its thread's. */
  NAME("java\\.lang\\.String|\\[B"),
  /** Its events, of which the host keeps so many and no more. */
  HISTORY("org\\.hostler\\.worker\\.stat\\..*|java\\.time\\.Instant|java\\.util\\.Optional.*"),
  /** Any other object. */
  OTHER(".*");

  private final Pattern classes;

  MemoryPart(String classes) {
    this.classes = Pattern.compile(classes);
  }

  /** Returns the form users read, for instance {@code thread}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static MemoryPart of(String name) {
    for (MemoryPart part : values()) {
      if (part.classes.matcher(name).matches()) {
        return part;
      }
    }
    throw new IllegalArgumentException("class \"%s\": belongs to no part".formatted(name));
  }

  /** Adds up the bytes of each part. */
  static Map<MemoryPart, Long> parts(Histogram histogram) {
    Map<MemoryPart, Long> parts = new EnumMap<>(MemoryPart.class);
    for (MemoryPart part : values()) {
      parts.put(part, 0L);
    }
    histogram.bytes().forEach((name, bytes) -> parts.merge(of(name), bytes, Long::sum));
    return parts;
  }
}
