// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.IOError;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.felix.gogo.jline.Highlighter;
import org.apache.felix.gogo.jline.ParsedLineImpl;
import org.apache.felix.gogo.jline.Parser;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Job;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody at a terminal: reads lines, runs them, prints what comes of it, until the end.
 *
 * <ol>
 *   <li>A line is read by JLine, with Gogo's parser (an open quote asks for more), colours, history
 *       and completion.
 *   <li>Ctrl-C clears the line or interrupts the running command; Ctrl-D, {@code exit} and a lost
 *       terminal end it.
 *   <li>Errors are printed as {@code exec} prints them.
 * </ol>
 *
 * <p>Gogo's own {@code gosh} is not used: it prints a banner, names of exception classes, keeps its
 * history in the user's home directory and ends the framework with the shell.
 */
final class InteractiveShell {
  /** The session variable under which Gogo's commands look for the terminal. */
  static final String TERMINAL = ".terminal";

  private static final Logger LOG = LoggerFactory.getLogger(InteractiveShell.class);
  private static final String READER = ".reader";
  private static final String PROMPT = "hostler> ";
  private static final String MORE = "> ";
  private static final String RED = "\u001b[31m";
  private static final String NO_COLOUR = "\u001b[39m";

  private final Gogo gogo;
  private final Terminal terminal;
  private final SteadySession session;
  private final LineReader reader;
  private volatile boolean ended;

  /**
   * Makes a shell.
   *
   * @param gogo executes the lines
   * @param host completes them
   * @param terminal the terminal, which stays the caller's to close
   * @param history the file that keeps them; empty for none
   */
  InteractiveShell(Gogo gogo, Host host, Terminal terminal, Optional<Path> history)
      throws CommandFailed {
    this.gogo = gogo;
    this.terminal = terminal;
    session =
        new SteadySession(
            gogo.processor(),
            terminal.input(),
            terminal.output(),
            terminal.output(),
            terminal.encoding());
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("hostler")
            .terminal(terminal)
            .parser(new Parser())
            .highlighter(new Highlighter(session))
            .completer(new Completion(host, () -> gogo.commands(session)))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, MORE)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    reader = builder.build();
    session.put(TERMINAL, terminal);
    session.put(READER, reader);
    Function exit =
        (s, arguments) -> {
          ended = true;
          return null;
        };
    session.put("exit", exit);
    session.put("quit", exit);
  }

  /** Runs the shell; returns when the user has left. */
  void run() {
    Runnable end = this::hangUp;
    gogo.opened(end);
    terminal.handle(Terminal.Signal.INT, signal -> interrupt());
    terminal.handle(Terminal.Signal.TSTP, Terminal.SignalHandler.SIG_IGN);
    try {
      while (!ended) {
        turn();
      }
    } catch (EndOfFileException e) {
      LOG.debug("end of input");
    } catch (IOError | IllegalStateException e) { // JLine's words for a terminal that has gone
      LOG.debug("the terminal has gone", e);
    } finally {
      gogo.closed(end);
      session.close();
    }
  }

  private void turn() {
    try {
      reader.readLine(PROMPT);
    } catch (UserInterruptException e) {
      return; // Ctrl-C: a new prompt
    } catch (IndexOutOfBoundsException e) { // editing has its faults; the line is lost, no more
      LOG.info("a line could not be read", e);
      return;
    }
    if (reader.getParsedLine() instanceof ParsedLineImpl line && !line.line().isBlank()) {
      execute(line);
    }
  }

  private void execute(ParsedLineImpl line) {
    Thread.interrupted(); // a Ctrl-C that came when the line was read already is for the line
    try {
      Object result = session.execute(line.program());
      session.put("_", result);
      print(session.formatted(result));
    } catch (InterruptedException e) {
      interrupt(); // whichever thread was interrupted: the command is not wanted any more
      print("\n"); // after the ^C
    } catch (Exception e) {
      Failure failure = Failure.of(e, gogo.commands(session));
      if (!failure.expected()) {
        LOG.info("command line \"{}\" failed", line.line(), e);
      }
      session.put("exception", e);
      boolean colour = !Terminal.TYPE_DUMB.equals(terminal.getType());
      print((colour ? RED + failure.text() + NO_COLOUR : failure.text()) + "\n");
    }
  }

  private void print(String text) {
    if (!ended || !text.isEmpty()) {
      PrintWriter writer = terminal.writer();
      writer.print(text);
      writer.flush();
    }
  }

  private void interrupt() {
    Job job = session.foregroundJob();
    if (job != null) {
      job.interrupt();
    }
  }

  /** Ends the shell from outside: interrupts what runs; the terminal's end does the rest. */
  void hangUp() {
    ended = true;
    session.close();
  }
}
