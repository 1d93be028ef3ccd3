// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One message of a conversation on the control socket: a type byte, the payload's length in four
 * bytes, big end first, and the payload.
 *
 * <p>The client begins with one {@link #REQUEST}, then may send {@link #INPUT} (an empty one: no
 * more input) and {@link #WINDOW}. The host answers with {@link #OUTPUT} and {@link #ERROR} and
 * ends the conversation with one {@link #EXIT}.
 *
 * @param type one of the constants
 * @param payload its bytes; not copied
 */
record Frame(char type, byte[] payload) {

  /** Client: command, line feed, argument. */
  static final char REQUEST = 'R';

  /** Client: bytes for standard input. */
  static final char INPUT = 'I';

  /** Client: the terminal's {@code columns rows}. */
  static final char WINDOW = 'W';

  /** Host: bytes for standard output. */
  static final char OUTPUT = 'O';

  /** Host: bytes for standard error. */
  static final char ERROR = 'E';

  /** Host: the exit status in ASCII digits; ends the conversation. */
  static final char EXIT = 'X';

  private static final int HEADER = 5;
  private static final int LONGEST = 16 << 20;

  static Frame of(char type, String text) {
    return new Frame(type, text.getBytes(StandardCharsets.UTF_8));
  }

  String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** Writes the frame as a whole; safe to call from several threads that share the channel. */
  void writeTo(WritableByteChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + payload.length);
    buffer.put((byte) type).putInt(payload.length).put(payload).flip();
    synchronized (channel) {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  /**
   * Reads the next frame; empty when the other side has ended the conversation between two frames.
   *
   * @throws EOFException when it ended inside a frame
   * @throws IOException when the length is one that nobody sends
   */
  static Optional<Frame> readFrom(ReadableByteChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (!fill(channel, header)) {
      return Optional.empty();
    }
    header.flip();
    char type = (char) (header.get() & 0xff);
    int length = header.getInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("frame of type %s has the length %d".formatted(type, length));
    }
    ByteBuffer payload = ByteBuffer.allocate(length);
    if (length > 0 && !fill(channel, payload)) {
      throw new EOFException("the conversation ended inside a frame");
    }
    return Optional.of(new Frame(type, payload.array()));
  }

  private static boolean fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        if (buffer.position() == 0) {
          return false;
        }
        throw new EOFException("the conversation ended inside a frame");
      }
    }
    return true;
  }
}
