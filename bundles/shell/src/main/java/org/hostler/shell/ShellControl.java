// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jline.terminal.Size;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control service {@code shell}: an interactive shell at the other end of the socket.
 *
 * <p>The client's terminal is raw: every key comes as it is, and the line discipline (echo, Ctrl-C,
 * line ends) is here.
 */
final class ShellControl implements BiConsumer<String, SocketChannel> {
  private static final Logger LOG = LoggerFactory.getLogger(ShellControl.class);

  private final Gogo gogo;
  private final Host host;

  ShellControl(Gogo gogo, Host host) {
    this.gogo = gogo;
    this.host = host;
  }

  /**
   * Serves one client, until it leaves.
   *
   * @param argument {@code TERM columns rows}
   * @param channel the connection
   */
  @Override
  public void accept(String argument, SocketChannel channel) {
    String[] words = argument.strip().split("\\s+");
    String type = words[0].isEmpty() ? "dumb" : words[0];
    Connection connection = new Connection(channel, "hostler shell");
    int status = 0;
    try (RemoteTerminal terminal =
        new RemoteTerminal(type, size(words, 1), connection.stream(Frame.OUTPUT))) {
      serve(connection, terminal);
    } catch (CommandFailed e) {
      status = e.exit().status();
      complain(connection, e.toString());
    } catch (IOException e) {
      status = CommandFailed.Exit.REFUSED.status();
      LOG.warn("shell: no terminal of type \"{}\"", type, e);
      complain(connection, "shell: no terminal of type \"%s\"".formatted(type));
    }
    try {
      connection.finish(status);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Connection connection, RemoteTerminal terminal) throws CommandFailed {
    InteractiveShell shell =
        new InteractiveShell(gogo, host, terminal, Optional.of(history(host.base())));
    Runnable hangUp = () -> hangUp(terminal);
    gogo.opened(hangUp);
    connection.listen(
        frame -> {
          if (frame.isEmpty()) {
            shell.hangUp();
            hangUp.run();
          } else {
            receive(frame.get(), terminal);
          }
        });
    try {
      shell.run();
    } finally {
      gogo.closed(hangUp);
    }
  }

  /** Returns the file that keeps the lines of all shells of an instance. */
  static Path history(Path base) {
    return base.resolve("run").resolve("shell.history");
  }

  private static void receive(Frame frame, RemoteTerminal terminal) {
    try {
      switch (frame.type()) {
        case Frame.INPUT -> {
          terminal.processInputBytes(frame.payload());
          if (frame.payload().length == 0) {
            terminal.hangUp(); // what was typed before is still executed
          }
        }
        case Frame.WINDOW -> terminal.resize(size(frame.text().strip().split("\\s+"), 0));
        default -> LOG.warn("shell: unknown frame \"{}\"", frame.type());
      }
    } catch (IOException | IllegalStateException e) { // the shell has ended meanwhile
      LOG.debug("shell: input after its end", e);
    }
  }

  private static Size size(String[] words, int first) {
    try {
      return new Size(Integer.parseInt(words[first]), Integer.parseInt(words[first + 1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return RemoteTerminal.USUAL;
    }
  }

  private static void hangUp(RemoteTerminal terminal) {
    try {
      terminal.hangUp();
    } catch (IOException e) {
      LOG.debug("shell: the terminal has gone already", e);
    }
  }

  private static void complain(Connection connection, String text) {
    try {
      connection.stream(Frame.ERROR).write((text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.debug("shell: the client has gone", e);
    }
  }
}
