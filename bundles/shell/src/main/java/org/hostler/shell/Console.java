// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.jline.terminal.Terminal;
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
  private final boolean direct;
  private final CountDownLatch wanted = new CountDownLatch(1);

  /**
   * Makes it.
   *
   * @param direct whether standard output, too, is known to be a terminal
   */
  Console(BundleContext context, Gogo gogo, Host host, boolean direct) {
    this.context = context;
    this.gogo = gogo;
    this.host = host;
    this.direct = direct;
  }

  /** Opens the terminal, on a thread of its own, which then waits for {@link #prompt}. */
  void start() {
    new Thread(this::run, "hostler console").start();
  }

  /** Lets the user type: every command is there. */
  void prompt() {
    wanted.countDown();
  }

  /** Opens a terminal where there is none, so that the classes for that are in the archive. */
  static void rehearse() {
    try {
      ConsoleTerminal.open(true).close();
    } catch (IOException e) {
      LOG.debug("console: not rehearsed", e);
    }
  }

  private void run() {
    // JLine looks for what drives the terminal through the thread's class loader.
    Thread.currentThread().setContextClassLoader(Terminal.class.getClassLoader());
    Terminal terminal;
    InteractiveShell shell;
    try {
      terminal = ConsoleTerminal.open(direct);
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
    boolean prompted = false;
    try {
      if (gogo.closing()) {
        leave.run(); // it did not know of this one
      }
      wanted.await();
      prompted = true;
      shell.run();
    } catch (InterruptedException e) { // not kept: it would spoil putting the terminal back
      LOG.debug("console: stopped before anybody could type", e);
    } finally {
      gogo.closed(leave);
      close(terminal);
      if (prompted) {
        stopHost();
      }
    }
  }

  private static void close(Terminal terminal) {
    try {
      terminal.close();
    } catch (IOException e) { // it is lost: nothing is left to be put back
      LOG.debug("console: the terminal has gone", e);
    }
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
