// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The end of a process that is not this one's child.
 *
 * <p>A process whose parent is gone is adopted by the first process of its machine or container,
 * and stays in the table until that one asks for its status: seconds later, or never. It holds
 * nothing any more by then, neither files nor locks, so a zombie counts as gone.
 */
final class ProcessEnd {
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(5);

  private ProcessEnd() {}

  /**
   * Waits until a process has ended.
   *
   * @param deadline by {@link System#nanoTime()}
   * @throws TimeoutException if it has not by then
   */
  static void await(ProcessHandle process, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<ProcessHandle> reaped = process.onExit();
    while (!isZombie(process.pid())) {
      long left = deadline - System.nanoTime();
      try {
        reaped.get(Math.max(0, Math.min(left, LOOK)), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        if (left <= 0) {
          throw e;
        }
      }
    }
  }

  /** Tells whether all of a process has ended and only its status is left; by Linux's proc(5). */
  static boolean isZombie(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try (Stream<Path> threads = Files.list(process.resolve("task"))) {
      String stat = Files.readString(process.resolve("stat"));
      boolean ended = stat.startsWith("Z", stat.lastIndexOf(')') + 2);
      return ended && threads.count() == 1; // its first thread may end before the others
    } catch (IOException e) {
      return false; // no such system, or gone altogether: its handle tells
    }
  }
}
