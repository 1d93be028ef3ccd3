// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says about another process. */
final class ProcessFiles {
  private static final int TICKS_PER_SECOND = 100;

  private ProcessFiles() {}

  /** Returns the physical memory a process uses, shared pages included, in megabytes. */
  static double resident(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024.0)
        .findFirst()
        .orElseThrow(() -> new IOException(status + ": no VmRSS"));
  }

  /** Returns the processor time a process has used, in seconds. */
  static double processorSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
  }
}
