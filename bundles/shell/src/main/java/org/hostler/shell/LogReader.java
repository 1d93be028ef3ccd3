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
  private InputStream in = InputStream.nullInputStream();
  private @Nullable Object key;
  private Optional<LogRecord> open = Optional.empty();

  /** Reads a log from its beginning; one that is not there yet is empty. */
  LogReader(Path file) {
    this.file = file;
  }

  /**
   * Reads what has been written since.
   *
   * @return the records, oldest first; the last one may still grow, but mostly is written at once
   */
  List<LogRecord> read() throws IOException {
    List<LogRecord> records = new ArrayList<>();
    drain(records);
    Optional<Object> now = key();
    if (now.isPresent() && !now.get().equals(key)) {
      drain(records); // what was written between the look and the rotation
      in.close();
      in = new FileInputStream(file.toFile());
      key = now.get();
      drain(records);
    }
    open.ifPresent(records::add);
    open = Optional.empty();
    return records;
  }

  /** Returns what tells one file from another of the same name; empty when there is none. */
  private Optional<Object> key() throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey());
    } catch (NoSuchFileException e) {
      return Optional.empty(); // not yet, or between the old file and the new one
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
