// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.utils.InfoCmp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system's terminal, opened with two programs ({@code stty}, {@code infocmp}) at once and set
 * by a third, where JLine's own way is eighteen one after the other: five ask what {@code
 * bin/hostler} knows already, whether this is a terminal at all.
 */
final class ConsoleTerminal extends PosixSysTerminal {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleTerminal.class);
  private static final String NAME = "hostler";

  private ConsoleTerminal(TerminalBuilder usual, String type, ConsolePty pty) throws IOException {
    super(
        NAME,
        type,
        pty,
        usual.computeEncoding(),
        usual.computeStdinEncoding(),
        usual.computeStdoutEncoding(),
        true,
        SignalHandler.SIG_IGN);
  }

  /**
   * Opens it.
   *
   * @param direct whether input and output are known to be a terminal; else JLine finds out
   */
  static Terminal open(boolean direct) throws IOException {
    TerminalBuilder usual = usual();
    String type = usual.computeType();
    if (direct && type != null && !type.startsWith(TYPE_DUMB)) {
      try {
        return openDirectly(usual, type);
      } catch (IOException e) { // no such program, or not on this terminal
        LOG.debug("console: JLine has to find out about the terminal", e);
      }
    }
    Terminal terminal = usual.build();
    if (terminal.getWidth() == 0 || terminal.getHeight() == 0) {
      terminal.setSize(RemoteTerminal.USUAL); // as of a terminal that a program has made
    }
    return terminal;
  }

  /** With the programs of the system: the other ways load native code. */
  private static TerminalBuilder usual() {
    return TerminalBuilder.builder()
        .name(NAME)
        .system(true)
        .provider("exec")
        .dumb(true)
        .nativeSignals(true)
        .signalHandler(SignalHandler.SIG_IGN);
  }

  private static Terminal openDirectly(TerminalBuilder usual, String type) throws IOException {
    ConsolePty pty = new ConsolePty();
    Thread asking = new Thread(pty::ask, "hostler console terminal");
    asking.start();
    try {
      learn(type);
      asking.join();
    } catch (InterruptedException e) { // the host is being stopped
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return new ConsoleTerminal(usual, type, pty);
  }

  /** Has JLine know a type of terminal. */
  private static void learn(String type) throws InterruptedException {
    try {
      String capabilities = InfoCmp.getInfoCmp(type);
      InfoCmp.setDefaultInfoCmp(type, capabilities);
    } catch (IOException e) { // JLine asks once more, and knows what to do then
      LOG.debug("console: \"{}\" is not a known type of terminal", type, e);
    }
  }

  @Override
  public void raise(Signal signal) {
    if (pty instanceof ConsolePty own) {
      own.doubt();
    }
    super.raise(signal);
  }

  @Override
  protected void doClose() throws IOException {
    if (pty instanceof ConsolePty own) {
      own.doubt();
    }
    super.doClose();
  }
}
