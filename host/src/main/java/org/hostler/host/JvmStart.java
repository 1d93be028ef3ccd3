// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * When this JVM was started.
 *
 * <p>Asking the management beans would cost a start some 30 ms. Linux tells the process's start in
 * ticks since boot, which with the time since boot gives its age to 20 ms; elsewhere the process
 * handle knows.
 */
final class JvmStart {

  private static final double TICKS_PER_SECOND = 100;
  private static final int START_FIELD = 19;

  private JvmStart() {}

  static long epochMillis() {
    long now = System.currentTimeMillis();
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      // The second field, the command in parentheses, may hold blanks of its own.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double started = Long.parseLong(fields[START_FIELD]) / TICKS_PER_SECOND;
      double uptime = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
      return now - Math.max(0, Math.round((uptime - started) * 1_000));
    } catch (IOException | RuntimeException notLinux) {
      return ProcessHandle.current().info().startInstant().map(Instant::toEpochMilli).orElse(now);
    }
  }
}
