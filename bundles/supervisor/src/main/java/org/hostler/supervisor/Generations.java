// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executor;

/**
 * Numbers registrations so that no number comes back in an instance, also after {@code kill -9}
 * (contract R24).
 *
 * <p>The file holds a number above all that were given out; it is moved up in large steps, ahead of
 * need and off the supervisor's turns. An orderly stop writes the exact number, so that only a host
 * that was killed leaves a hole.
 */
final class Generations {
  private static final long STEP = 1_000_000;

  private final Path file;
  private final Executor errands;
  private long next;
  private volatile long ceiling;
  private volatile boolean raising;

  /**
   * Reads where the last host ended.
   *
   * @param file where the number is kept; need not exist
   * @param errands where the file is written
   * @throws UncheckedIOException when the file cannot be read or written
   */
  Generations(Path file, Executor errands) {
    this.file = file;
    this.errands = errands;
    try {
      next = Files.exists(file) ? Math.max(1, read()) : 1;
      ceiling = next + STEP;
      write(ceiling);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the next number; with the baton held. */
  long next() {
    if (next + STEP / 2 > ceiling && !raising) {
      raising = true;
      errands.execute(this::raise);
    }
    return next++;
  }

  /** Writes the exact number, at the end. */
  void close() throws IOException {
    write(next);
  }

  private void raise() {
    long higher = ceiling + STEP;
    try {
      write(higher);
      ceiling = higher;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // logged by the errands; tried again with the next number
    } finally {
      raising = false;
    }
  }

  private long read() throws IOException {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s does not hold a number; write one above every id of this instance into it"
              .formatted(file),
          e);
    }
  }

  private void write(long number) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path written = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(written, number + "\n");
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
