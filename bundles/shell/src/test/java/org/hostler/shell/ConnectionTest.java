// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  @TempDir Path directory;
  private SocketChannel client;
  private SocketChannel served;
  private Connection connection;

  @BeforeEach
  void connect() throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      client = SocketChannel.open(address);
      served = server.accept();
    }
    connection = new Connection(served, "test");
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    served.close();
  }

  private Frame received() throws IOException {
    return Frame.read(client).orElseThrow();
  }

  @Test
  void whatIsWrittenArrivesAsFramesAndTheStatusIsTheLast() throws Exception {
    connection.stream(Frame.OUTPUT).write("größe".getBytes(StandardCharsets.UTF_8));
    connection.stream(Frame.ERROR).write('!');
    connection.finish(4);
    assertThat(received().text()).isEqualTo("größe");
    assertThat(received().type()).isEqualTo(Frame.ERROR);
    Frame last = received();
    assertThat(last.type()).isEqualTo(Frame.EXIT);
    assertThat(last.text()).isEqualTo("4");
  }

  @Test
  void anInterruptedWriterDoesNotCloseTheSocket() throws Exception {
    Thread.currentThread().interrupt();
    connection.stream(Frame.OUTPUT).write('a');
    assertThat(Thread.interrupted()).isTrue();
    connection.stream(Frame.OUTPUT).write('b');
    assertThat(received().text() + received().text()).isEqualTo("ab");
  }

  @Test
  void framesAreHandedOverInOrderAndTheEndIsTold() throws Exception {
    BlockingQueue<Optional<Frame>> heard = new LinkedBlockingQueue<>();
    connection.listen(heard::add);
    for (String text : new String[] {"one", "two"}) {
      client.write(new Frame(Frame.INPUT, text.getBytes(StandardCharsets.UTF_8)).encoded());
    }
    client.close();
    assertThat(next(heard).orElseThrow().text()).isEqualTo("one");
    assertThat(next(heard).orElseThrow().text()).isEqualTo("two");
    assertThat(next(heard)).isEmpty();
  }

  private static Optional<Frame> next(BlockingQueue<Optional<Frame>> heard) throws Exception {
    Optional<Frame> frame = heard.poll(30, TimeUnit.SECONDS);
    assertThat(frame).isNotNull();
    return frame;
  }

  @Test
  void whoWritesToAClientThatHasGoneIsTold() throws Exception {
    client.close();
    OutputStream out = connection.stream(Frame.OUTPUT);
    assertThatThrownBy(
            () -> {
              while (true) { // until the socket notices
                out.write(new byte[1024]);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("the client has gone");
    connection.finish(0); // and nobody waits
  }

  @Test
  void aFrameThatIsTooLongIsRefused() throws Exception {
    client.write(ByteBuffer.allocate(5).put((byte) 'I').putInt(1 << 30).flip());
    assertThatThrownBy(() -> Frame.read(served)).hasMessageContaining("too long");
  }
}
