// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What {@code run/hostler.pid} says of the host: pid, state, ready line, instance, a line each.
 *
 * <p>Always replaced as a whole, so that {@code hostler status} can read it with a shell's own
 * means. It may be left over from a host that was killed, and its pid may be somebody else's by
 * now: {@link #live} believes it only when that process is a host of this instance.
 *
 * @param pid the host's process
 * @param state as reported by the supervisor
 * @param readyLine empty until the host is ready
 * @param base the instance
 */
record PidFile(long pid, String state, String readyLine, String base) {

  private static final Path PROCESSES = Path.of("/proc");

  static Optional<PidFile> read(Path file) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.size() < 4
          ? Optional.empty()
          : Optional.of(
              new PidFile(Long.parseLong(lines.get(0)), lines.get(1), lines.get(2), lines.get(3)));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (NumberFormatException foreign) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, pid + "\n" + state + "\n" + readyLine + "\n" + base + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The pid file of the host that runs in the instance now, if one does. */
  static Optional<PidFile> live(Instance instance) throws IOException {
    return read(instance.pidFile()).filter(file -> file.isLive(instance.base()));
  }

  private boolean isLive(Path instance) {
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      return false;
    }
    String mark = "-Dhostler.base=" + instance;
    Path arguments = PROCESSES.resolve(Long.toString(pid)).resolve("cmdline");
    if (!Files.exists(arguments)) {
      return ProcessHandle.of(pid)
          .flatMap(handle -> handle.info().commandLine())
          .map(line -> line.contains(mark))
          .orElse(true);
    }
    try {
      String line = new String(Files.readAllBytes(arguments), Charset.defaultCharset());
      return List.of(line.split("\0")).contains(mark);
    } catch (IOException gone) {
      return false;
    }
  }
}
