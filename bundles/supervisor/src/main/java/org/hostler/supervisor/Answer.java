// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * The host's side of one conversation on the control socket, as far as a command that takes no
 * input needs it: frames of a type byte, a length of four bytes, big end first, and a payload.
 */
final class Answer {
  private static final int HEAD = 5;

  private final WritableByteChannel channel;

  /**
   * Makes one.
   *
   * @param channel written to, never closed
   */
  Answer(WritableByteChannel channel) {
    this.channel = channel;
  }

  /** Sends text to the standard output of who asked. */
  void output(String text) throws IOException {
    send('O', text);
  }

  /** Sends text to the error output of who asked. */
  void error(String text) throws IOException {
    send('E', text);
  }

  /** Sends the exit status, which ends the conversation. */
  void exit(int status) throws IOException {
    send('X', Integer.toString(status));
  }

  private void send(char type, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(HEAD + payload.length);
    frame.put((byte) type).putInt(payload.length).put(payload).flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }
}
