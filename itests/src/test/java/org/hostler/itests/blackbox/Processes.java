// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes that nobody here is the parent of. */
final class Processes {

  private Processes() {}

  /**
   * Tells whether it has ended, whether or not the machine's first process has taken note of it.
   */
  static boolean ended(ProcessHandle process) {
    if (!process.isAlive()) {
      return true;
    }
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return !process.isAlive(); // gone meanwhile, or a system without such files
    }
  }
}
