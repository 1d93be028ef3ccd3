// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log that grows, and goes on with the new file when it was rotated; not safe for use by
 * several threads.
 *
 * <p>It keeps the old file open until a new one has taken its name, so that no line is lost
 * between.
 */
final class LogReader implements AutoCloseable {
  private final Path file;
  private final ByteArrayOutputStream partLine = new ByteArrayOutputStream();
  private InputStream in;
  private @Nullable Object key;
  private Optional<LogRecord> open = Optional.empty();

  /**
   * Opens a log at its beginning.
   *
   * @throws IOException when there is none, or it cannot be read
   */
  LogReader(Path file) throws IOException {
    this.file = file;
    in = new FileInputStream(file.toFile());
    key = key();
  }

  private @Nullable Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /**
   * Reads what has been written since.
   *
   * @return the records, oldest first; the last one may still grow, but mostly is written at once
   */
  List<LogRecord> read() throws IOException {
    List<LogRecord> records = new ArrayList<>();
    drain(records);
    if (rotated()) {
      drain(records); // what was written between the look and the rotation
      in.close();
      in = new FileInputStream(file.toFile());
      key = key();
      drain(records);
    }
    open.ifPresent(records::add);
    open = Optional.empty();
    return records;
  }

  private boolean rotated() throws IOException {
    try {
      Object now = key();
      return now != null && !now.equals(key);
    } catch (NoSuchFileException e) {
      return false; // between the old file and the new one
    }
  }

  private void drain(List<LogRecord> records) throws IOException {
    byte[] buffer = new byte[65_536];
    for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
      int begin = 0;
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          partLine.write(buffer, begin, i - begin);
          line(partLine.toString(StandardCharsets.UTF_8), records);
          partLine.reset();
          begin = i + 1;
        }
      }
      partLine.write(buffer, begin, n - begin);
    }
  }

  private void line(String line, List<LogRecord> records) {
    if (open.isPresent() && !LogRecord.begins(line)) {
      open.get().add(line);
    } else {
      open.ifPresent(records::add);
      open = Optional.of(new LogRecord(line));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
