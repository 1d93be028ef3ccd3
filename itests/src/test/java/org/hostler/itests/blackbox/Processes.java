// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processes that nobody here is the parent of. */
final class Processes {

  private Processes() {}

  /**
   * Tells whether it has ended, whether or not the machine's first process has taken note of it.
   * Its first thread may end before the others, which hold its files and locks till they end, too.
   */
  static boolean ended(ProcessHandle process) {
    if (!process.isAlive()) {
      return true;
    }
    Path directory = Path.of("/proc", Long.toString(process.pid()));
    try (Stream<Path> threads = Files.list(directory.resolve("task"))) {
      String stat = Files.readString(directory.resolve("stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2) && threads.count() == 1;
    } catch (IOException e) {
      return !process.isAlive(); // gone meanwhile, or a system without such files
    }
  }
}
