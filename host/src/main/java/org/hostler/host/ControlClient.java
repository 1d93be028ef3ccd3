// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** The client's side of a conversation on the control socket. */
final class ControlClient implements AutoCloseable {

  /** Where the host's output and errors go. */
  record Output(OutputStream out, PrintStream err) {

    static final Output TERMINAL = new Output(System.out, System.err);
    static final Output ERRORS_ONLY = new Output(OutputStream.nullOutputStream(), System.err);
  }

  private final Instance instance;
  private final SocketChannel channel;

  private ControlClient(Instance instance, SocketChannel channel) {
    this.instance = instance;
    this.channel = channel;
  }

  /** Asks one thing and returns the exit status of the answer. */
  static int request(Instance instance, String command, String argument, Output output)
      throws Failure {
    try (ControlClient client = connect(instance)) {
      client.send(Frame.of(Frame.REQUEST, command + "\n" + argument));
      return client.receive(output).orElseThrow(client::lost);
    } catch (IOException e) {
      throw lost(instance, e);
    }
  }

  /** Connects to the instance's host; refused with status 3 when there is none. */
  static ControlClient connect(Instance instance) throws Failure {
    instance.checkIsReachable();
    try {
      return new ControlClient(
          instance, SocketChannel.open(UnixDomainSocketAddress.of(instance.socket())));
    } catch (IOException absent) {
      // No file, or nobody listens behind it: a host that was killed leaves its socket.
      throw Failure.notRunning(instance);
    }
  }

  void send(Frame frame) throws IOException {
    frame.writeTo(channel);
  }

  /**
   * Passes output on until the host ends the conversation; empty when it ended without a status.
   */
  Optional<Integer> receive(Output output) throws IOException {
    for (; ; ) {
      Optional<Frame> frame = Frame.readFrom(channel);
      if (frame.isEmpty()) {
        return Optional.empty();
      }
      switch (frame.get().type()) {
        case Frame.OUTPUT -> {
          output.out().write(frame.get().payload());
          output.out().flush();
        }
        case Frame.ERROR -> {
          output.err().write(frame.get().payload());
          output.err().flush();
        }
        case Frame.EXIT -> {
          return Optional.of(Integer.parseInt(frame.get().text().strip()));
        }
        default -> throw new IOException("unknown frame of type " + frame.get().type());
      }
    }
  }

  Failure lost() {
    return Failure.lost(instance);
  }

  static Failure lost(Instance instance, IOException cause) {
    return cause instanceof java.net.SocketException || cause instanceof java.io.EOFException
        ? Failure.lost(instance)
        : Failure.refusedBy(
            cause,
            "instance %s: the conversation with its host failed".formatted(instance.base()),
            "detail: " + Words.of(cause));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
