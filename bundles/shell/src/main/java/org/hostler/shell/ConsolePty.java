// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.impl.exec.ExecPty;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system's terminal, which JLine asks and sets with the program {@code stty}.
 *
 * <p>Until the prompt is there it asks eight times for the same, and each is a process. So until
 * somebody types or a signal comes, after which the terminal may be another, the first answer and
 * what was set since are believed.
 */
final class ConsolePty extends ExecPty {
  private static final Logger LOG = LoggerFactory.getLogger(ConsolePty.class);

  private volatile boolean believing = true;
  private volatile @Nullable String configuration;
  private final AtomicReference<Attributes> known = new AtomicReference<>();

  ConsolePty() {
    super(new ExecTerminalProvider(), SystemStream.Output, "/dev/tty");
  }

  /** Asks ahead; what fails is asked once more by whoever wants to know. */
  void ask() {
    try {
      doGetConfig();
    } catch (IOException e) {
      LOG.debug("console: the terminal does not answer", e);
    }
  }

  /** Asks again from now on. */
  void doubt() {
    believing = false;
  }

  @Override
  protected String doGetConfig() throws IOException {
    String last = configuration;
    if (!believing || last == null) {
      last = super.doGetConfig();
      configuration = last;
    }
    return last;
  }

  @Override
  public Attributes getAttr() throws IOException {
    if (!believing) {
      return super.getAttr();
    }
    if (known.get() == null) { // JLine finds each of them with a regular expression of its own
      known.compareAndSet(null, super.getAttr());
    }
    return new Attributes(known.get());
  }

  @Override
  protected void doSetAttr(Attributes attributes) throws IOException {
    try {
      super.doSetAttr(attributes);
    } catch (IOException e) { // it may have been set in part, which JLine is content with
      doubt();
      super.doSetAttr(attributes);
    }
    known.set(new Attributes(attributes));
  }

  /** The terminal's size; that of a usual one when it has none, as one a program has made. */
  @Override
  public Size getSize() throws IOException {
    Size size = super.getSize();
    return size.getColumns() == 0 || size.getRows() == 0 ? RemoteTerminal.USUAL : size;
  }

  @Override
  protected InputStream doGetSlaveInput() throws IOException {
    return new Keys(super.doGetSlaveInput());
  }

  /** What is typed. */
  private final class Keys extends FilterInputStream {

    Keys(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return noticed(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return noticed(super.read(bytes, offset, length));
    }

    private int noticed(int result) {
      if (result >= 0) {
        doubt();
      }
      return result;
    }
  }
}
