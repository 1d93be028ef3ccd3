// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.jline.terminal.impl.DumbTerminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control service {@code exec}: runs one line and answers as a shell would.
 *
 * <ol>
 *   <li>The line runs in a session of its own, whose output becomes frames while it runs.
 *   <li>What it returns is printed once, as a shell would; what it throws goes to the error output.
 *   <li>The status is 0, 1 refused or failed, 2 a syntax error or wrong usage, 4 a wait timed out.
 *       A line that returns but has written to its error output has failed, too: that is how
 *       commands of others complain.
 *   <li>When the client goes away, the session is closed, which interrupts what runs in it.
 * </ol>
 */
final class ExecControl implements BiConsumer<String, SocketChannel> {
  private static final Logger LOG = LoggerFactory.getLogger(ExecControl.class);

  private final Gogo gogo;

  ExecControl(Gogo gogo) {
    this.gogo = gogo;
  }

  @Override
  public void accept(String line, SocketChannel channel) {
    Connection connection = new Connection(channel, "hostler exec");
    PrintStream out = print(connection.stream(Frame.OUTPUT));
    AtomicBoolean complained = new AtomicBoolean();
    OutputStream errors = new NoticedOutput(connection.stream(Frame.ERROR), complained);
    int status = 1;
    try {
      status = run(gogo.processor(), line, connection, out, errors);
    } catch (CommandFailed e) {
      print(errors).println(e);
    }
    finish(connection, status == 0 && complained.get() ? 1 : status);
  }

  private int run(
      CommandProcessor processor,
      String line,
      Connection connection,
      PrintStream out,
      OutputStream errors) {
    FedInput in = new FedInput();
    SteadySession session = new SteadySession(processor, in, out, errors, StandardCharsets.UTF_8);
    // Commands that can colour their output ask for the terminal; most never do.
    session.put(
        "#" + InteractiveShell.TERMINAL,
        (Function) (s, args) -> new DumbTerminal("exec", "dumb", in, out, StandardCharsets.UTF_8));
    connection.listen(
        frame -> {
          if (frame.isEmpty()) {
            in.end();
            session.close();
          } else if (frame.get().type() == Frame.INPUT) {
            in.feed(frame.get().payload());
          }
        });
    Runnable close = session::close;
    gogo.opened(close);
    try {
      out.print(session.formatted(session.execute(line)));
      return 0;
    } catch (Exception e) {
      Failure failure = Failure.of(e, gogo.commands(session));
      if (!failure.expected()) {
        LOG.info("command line \"{}\" failed", line, e);
      }
      print(errors).println(gogo.closing() ? "exec: the host is stopping" : failure.text());
      return failure.status();
    } finally {
      gogo.closed(close);
      session.close();
    }
  }

  private static PrintStream print(OutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  private static void finish(Connection connection, int status) {
    try {
      connection.finish(status);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
