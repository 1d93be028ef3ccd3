// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.util.Locale;

/**
 * Where a background worker runs, and what that can promise.
 *
 * <p>The same {@link WorkerMain} runs in either. A setting ({@code worker_isolation.<library>}) may
 * move a worker from {@link #THREAD} to {@link #PROCESS}, never the reverse.
 */
public enum Isolation {
  /**
   * A thread of the host. It starts in microseconds and costs a few kilobytes. It shares the heap
   * with everybody, cannot be killed (one that ignores every request is abandoned: its slot stays
   * taken and visible), and {@code System.exit} in it ends the host.
   */
  THREAD,

  /**
   * A child JVM. It can be killed, has a heap of its own and takes nobody with it; it costs tens of
   * milliseconds and megabytes.
   */
  PROCESS;

  /**
   * Reads the form users type, {@code thread} or {@code process}.
   *
   * @param text the name in lower or upper case
   * @return the isolation
   * @throws IllegalArgumentException when there is no such isolation
   */
  public static Isolation parse(String text) {
    for (Isolation isolation : values()) {
      if (isolation.name().equalsIgnoreCase(text)) {
        return isolation;
      }
    }
    throw new IllegalArgumentException(
        "isolation \"%s\": expected thread or process".formatted(text));
  }

  /** Returns the form users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
