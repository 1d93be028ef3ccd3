// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One frame of the control socket: a type, the length of what follows, and that.
 *
 * @param type one of the constants
 * @param payload its bytes, not copied
 */
record Frame(char type, byte[] payload) {
  /** Bytes for the standard input; none of them: there will be no more. */
  static final char INPUT = 'I';

  /** The size of the client's window: columns, a space, rows. */
  static final char WINDOW = 'W';

  /** Bytes for the standard output. */
  static final char OUTPUT = 'O';

  /** Bytes for the error output. */
  static final char ERROR = 'E';

  /** The exit status in digits; the last frame. */
  static final char EXIT = 'X';

  private static final int HEAD = 5;
  private static final int LONGEST = 1 << 20;

  /**
   * Reads the next frame.
   *
   * @return the frame; empty when the other side has gone
   */
  static Optional<Frame> read(ReadableByteChannel channel) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    if (!fill(head, channel)) {
      return Optional.empty();
    }
    int length = head.getInt(1);
    if (length < 0 || length > LONGEST) {
      throw new IOException("control frame of %d bytes: too long".formatted(length));
    }
    ByteBuffer payload = ByteBuffer.allocate(length);
    if (!fill(payload, channel)) {
      throw new EOFException("control frame: it ends in the middle");
    }
    return Optional.of(new Frame((char) (head.get(0) & 0xff), payload.array()));
  }

  private static boolean fill(ByteBuffer buffer, ReadableByteChannel channel) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the bytes that go over the wire. */
  ByteBuffer encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + payload.length);
    return bytes.put((byte) type).putInt(payload.length).put(payload).flip();
  }

  /** Returns the payload as text. */
  String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }
}
