// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Tells a whole jar from one that is still being copied, was cut off or is damaged (fault F20).
 *
 * <p>That a file opens as a zip proves little: a reader looks for the end record from the end of
 * the file, so a half-copied jar whose written part ends in a jar stored within it opens as that
 * inner jar. So the central directory has to lie exactly where the end record says, directly before
 * it, and the bytes of every entry have to match their checksum.
 */
final class JarCheck {
  private static final int END_RECORD = 0x06054b50;
  private static final int END_RECORD_SIZE = 22;
  private static final int DIRECTORY_ENTRY = 0x02014b50;
  private static final int WIDE_END_RECORD = 0x06064b50;
  private static final int WIDE_END_RECORD_SIZE = 56;
  private static final int WIDE_LOCATOR = 0x07064b50;
  private static final int WIDE_LOCATOR_SIZE = 20;
  private static final int MAX_COMMENT = 0xffff;
  private static final long WIDE = 0xffff_ffffL;

  private JarCheck() {}

  /**
   * Says what is wrong with this file.
   *
   * @param file a file that nobody writes any more
   * @return the words, such as {@code is empty}; empty when it is a whole jar
   * @throws IOException if the file cannot be read
   */
  static Optional<String> problem(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() == 0) {
        return Optional.of("is empty");
      }
      Optional<String> cutOff = endProblem(channel);
      if (cutOff.isPresent()) {
        return cutOff;
      }
    }
    return contentProblem(file);
  }

  private static Optional<String> endProblem(FileChannel channel) throws IOException {
    if (read(channel, 0, 2).getShort() != 0x4b50) {
      return Optional.of("is not a jar: it does not begin as a zip file does");
    }
    long size = channel.size();
    int tailSize = (int) Math.min(size, END_RECORD_SIZE + MAX_COMMENT);
    ByteBuffer tail = read(channel, size - tailSize, tailSize);
    for (int at = tailSize - END_RECORD_SIZE; at >= 0; at--) {
      if (tail.getInt(at) == END_RECORD
          && at + END_RECORD_SIZE + (tail.getShort(at + 20) & MAX_COMMENT) == tailSize) {
        long end = size - tailSize + at;
        return directoryStartsWhereSaid(channel, end, tail, at)
            ? Optional.empty()
            : Optional.of("is cut off: its end belongs to a jar stored within it");
      }
    }
    return Optional.of("is cut off or still being copied: it has no zip end record");
  }

  private static boolean directoryStartsWhereSaid(
      FileChannel channel, long end, ByteBuffer tail, int at) throws IOException {
    int entries = tail.getShort(at + 10) & 0xffff;
    long directorySize = tail.getInt(at + 12) & WIDE;
    long directory = tail.getInt(at + 16) & WIDE;
    long directoryEnd = end;
    if (entries == 0xffff || directorySize == WIDE || directory == WIDE) {
      if (end < WIDE_LOCATOR_SIZE) {
        return false;
      }
      ByteBuffer locator = read(channel, end - WIDE_LOCATOR_SIZE, WIDE_LOCATOR_SIZE);
      if (locator.getInt(0) == WIDE_LOCATOR) {
        directoryEnd = locator.getLong(8);
        if (directoryEnd < 0 || directoryEnd > end - WIDE_LOCATOR_SIZE - WIDE_END_RECORD_SIZE) {
          return false;
        }
        ByteBuffer wide = read(channel, directoryEnd, WIDE_END_RECORD_SIZE);
        if (wide.getInt(0) != WIDE_END_RECORD) {
          return false;
        }
        directorySize = wide.getLong(40);
        directory = wide.getLong(48);
      }
    }
    return directory >= 0
        && directorySize >= 0
        && directory + directorySize == directoryEnd
        && (directorySize == 0 || read(channel, directory, 4).getInt(0) == DIRECTORY_ENTRY);
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        // Shorter than asked: what is missing reads as zeros, which match no signature.
        break;
      }
    }
    return bytes.rewind();
  }

  private static Optional<String> contentProblem(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] buffer = new byte[16 * 1024];
      Iterator<? extends ZipEntry> entries = zip.entries().asIterator();
      while (entries.hasNext()) {
        ZipEntry entry = entries.next();
        if (!entry.isDirectory() && !intact(zip, entry, buffer)) {
          return Optional.of("is damaged: the bytes of \"%s\" do not match".formatted(entry));
        }
      }
      return Optional.empty();
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      return Optional.of("is damaged: " + e.getMessage());
    }
  }

  private static boolean intact(ZipFile zip, ZipEntry entry, byte[] buffer) {
    CRC32 checksum = new CRC32();
    long size = 0;
    try (InputStream bytes = zip.getInputStream(entry)) {
      for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
        checksum.update(buffer, 0, n);
        size += n;
      }
    } catch (IOException e) {
      return false;
    }
    return checksum.getValue() == entry.getCrc() && size == entry.getSize();
  }
}
