// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.util.Optional;

/**
 * The command {@code shell}: the user's terminal becomes the terminal of a shell in the host.
 *
 * <p>The terminal is put into raw mode, so that every key, Ctrl-C too, is the host's to interpret,
 * and is put back however this ends. Without a terminal, standard input is passed on as it is.
 */
final class ShellClient {

  private static final int CHUNK = 4096;

  private final Instance instance;

  ShellClient(Instance instance) {
    this.instance = instance;
  }

  int run() throws Failure {
    try (ControlClient client = ControlClient.connect(instance);
        Terminal terminal = Terminal.open()) {
      String type = Optional.ofNullable(System.getenv("TERM")).orElse("dumb");
      client.send(
          Frame.of(Frame.REQUEST, "shell\n%s %s".formatted(type, terminal.size().orElse("80 24"))));
      Signals.handle("WINCH", () -> terminal.size().ifPresent(size -> sendSize(client, size)));
      Thread input = new Thread(() -> forward(client), "hostler-shell-input");
      input.setDaemon(true);
      input.start();
      return client.receive(ControlClient.Output.TERMINAL).orElseThrow(client::lost);
    } catch (IOException e) {
      throw ControlClient.lost(instance, e);
    }
  }

  /** Opens a shell of a usual terminal and leaves it at once; for a training run. */
  static void visit(Instance instance) throws Failure {
    try (ControlClient client = ControlClient.connect(instance)) {
      client.send(Frame.of(Frame.REQUEST, "shell\nxterm 80 24"));
      client.send(Frame.of(Frame.INPUT, "exit\n"));
      client.receive(ControlClient.Output.ERRORS_ONLY);
    } catch (IOException e) {
      throw ControlClient.lost(instance, e);
    }
  }

  private static void sendSize(ControlClient client, String size) {
    try {
      client.send(Frame.of(Frame.WINDOW, size));
    } catch (IOException ended) {
      // The conversation is over; the thread that receives finds out and tells.
      return;
    }
  }

  /** Sends what is typed; an empty frame says that there is no more. */
  private static void forward(ControlClient client) {
    byte[] chunk = new byte[CHUNK];
    try {
      int length;
      while ((length = System.in.read(chunk)) >= 0) {
        client.send(new Frame(Frame.INPUT, java.util.Arrays.copyOf(chunk, length)));
      }
      client.send(new Frame(Frame.INPUT, new byte[0]));
    } catch (IOException ended) {
      // The conversation is over; the thread that receives finds out and tells.
      return;
    }
  }
}
