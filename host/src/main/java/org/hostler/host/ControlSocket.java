// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The owner-only socket on which the host is asked things; a platform thread for each conversation,
 * because a spinning worker may hold every carrier of the virtual ones.
 */
final class ControlSocket implements AutoCloseable {

  private final ServerSocketChannel server;
  private final Path path;
  private final Consumer<SocketChannel> conversation;
  private final Trouble trouble;
  private final AtomicInteger count = new AtomicInteger();

  private ControlSocket(
      ServerSocketChannel server,
      Path path,
      Consumer<SocketChannel> conversation,
      Trouble trouble) {
    this.server = server;
    this.path = path;
    this.conversation = conversation;
    this.trouble = trouble;
  }

  /**
   * Binds the instance's socket; one left over from a host that was killed is replaced. The caller
   * holds the instance's lock.
   */
  static ControlSocket bind(
      Instance instance, Consumer<SocketChannel> conversation, Trouble trouble) throws Failure {
    Path path = instance.socket();
    try {
      if (instance.socketPathIsTaken()) {
        throw Failure.refused(
            "control socket %s: the path is already taken by something else".formatted(path),
            "detail: in the instance " + instance.base(),
            "hint: move it away; nothing but Hostler belongs into run/");
      }
      Files.deleteIfExists(path);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      }
      return new ControlSocket(server, path, conversation, trouble);
    } catch (IOException e) {
      throw Failure.refusedBy(
          e,
          "control socket %s: cannot be made".formatted(path),
          "detail: %s, in the instance %s".formatted(Words.of(e), instance.base()));
    }
  }

  /** Begins to accept conversations. */
  void open() {
    Thread thread = new Thread(this::accept, "hostler-control");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        Thread thread =
            new Thread(
                () -> conversation.accept(channel), "hostler-control-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
      } catch (AsynchronousCloseException closed) {
        return;
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException | OutOfMemoryError e) {
        trouble.write("control socket: a conversation could not be accepted", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }
}
