// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console of {@code run}: an interactive shell on the terminal that the host was started from.
 * When its user leaves, the host stops.
 */
final class Console {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private final BundleContext context;
  private final Gogo gogo;
  private final Host host;

  Console(BundleContext context, Gogo gogo, Host host) {
    this.context = context;
    this.gogo = gogo;
    this.host = host;
  }

  /** Starts it on a thread of its own. */
  void start() {
    new Thread(this::run, "hostler console").start();
  }

  private void run() {
    // JLine looks for what drives the terminal through the thread's class loader.
    Thread.currentThread().setContextClassLoader(Terminal.class.getClassLoader());
    Terminal terminal;
    InteractiveShell shell;
    try {
      terminal = terminal();
      shell =
          new InteractiveShell(
              gogo, host, terminal, Optional.of(ShellControl.history(host.base())));
    } catch (IOException | CommandFailed e) {
      LOG.warn("console: not available; bin/hostler shell attaches one", e);
      return; // the host runs on until a signal
    }
    Thread console = Thread.currentThread();
    Runnable leave = console::interrupt; // reading a key cannot be ended otherwise
    gogo.opened(leave);
    try {
      shell.run();
    } finally {
      gogo.closed(leave);
      close(terminal);
      stopHost();
    }
  }

  private static void close(Terminal terminal) {
    try {
      terminal.close();
    } catch (IOException e) { // it is lost: nothing is left to be put back
      LOG.debug("console: the terminal has gone", e);
    }
  }

  /** Opens the terminal with the programs of the system: the other ways load native code. */
  private static Terminal terminal() throws IOException {
    Terminal terminal =
        TerminalBuilder.builder()
            .name("hostler")
            .system(true)
            .provider("exec")
            .dumb(true)
            .nativeSignals(true)
            .signalHandler(Terminal.SignalHandler.SIG_IGN)
            .build();
    if (terminal.getWidth() == 0 || terminal.getHeight() == 0) {
      terminal.setSize(RemoteTerminal.USUAL); // as of a terminal that a program has made
    }
    return terminal;
  }

  private void stopHost() {
    try {
      Collection<ServiceReference<IntConsumer>> hosts =
          context.getServiceReferences(IntConsumer.class, "(hostler.host=exit)");
      hosts.forEach(reference -> context.getService(reference).accept(0));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("the filter is a constant", e);
    } catch (IllegalStateException e) { // the bundle has been stopped: so is the host
      LOG.debug("console: ended with its bundle", e);
    }
  }
}
