// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameTest {

  @Test
  void aFrameIsTypeLengthAndPayload() throws IOException {
    assertThat(written(Frame.of(Frame.EXIT, "0"))).containsExactly('X', 0, 0, 0, 1, '0');
    assertThat(written(Frame.of(Frame.INPUT, ""))).containsExactly('I', 0, 0, 0, 0);
  }

  @Test
  void framesAreReadOneAfterAnotherUntilTheEnd() throws IOException {
    byte[] first = written(Frame.of(Frame.OUTPUT, "zażółć"));
    byte[] second = written(Frame.of(Frame.EXIT, "3"));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    ReadableByteChannel channel = inPieces(both);

    assertThat(Frame.readFrom(channel).orElseThrow().text()).isEqualTo("zażółć");
    Frame last = Frame.readFrom(channel).orElseThrow();
    assertThat(last.type()).isEqualTo(Frame.EXIT);
    assertThat(last.text()).isEqualTo("3");
    assertThat(Frame.readFrom(channel)).isEmpty();
  }

  @Test
  void anEndInsideAFrameIsAnError() throws IOException {
    byte[] frame = written(Frame.of(Frame.OUTPUT, "text"));
    for (int length = 1; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> Frame.readFrom(inPieces(cut))).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aLengthThatNobodySendsIsRefusedBeforeMemoryIsTaken() {
    assertThatThrownBy(() -> Frame.readFrom(inPieces(new byte[] {'O', 127, 0, 0, 0})))
        .hasMessageContaining("length");
    assertThatThrownBy(() -> Frame.readFrom(inPieces(new byte[] {'O', -1, 0, 0, 0})))
        .hasMessageContaining("length");
  }

  private static byte[] written(Frame frame) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frame.writeTo(Channels.newChannel(bytes));
    return bytes.toByteArray();
  }

  /** A channel that gives a byte or two at a time, as sockets may. */
  private static ReadableByteChannel inPieces(byte[] bytes) {
    InputStream whole = new ByteArrayInputStream(bytes);
    return Channels.newChannel(
        new InputStream() {
          @Override
          public int read() throws IOException {
            return whole.read();
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return whole.read(target, offset, Math.min(length, 2));
          }
        });
  }
}
