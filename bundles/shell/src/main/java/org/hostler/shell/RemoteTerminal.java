// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Size;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.LineDisciplineTerminal;

/** The terminal of somebody at the other end of a socket. */
final class RemoteTerminal extends LineDisciplineTerminal {
  /** The size of a terminal that does not tell. */
  static final Size USUAL = new Size(80, 24);

  static {
    // Reading to the end of an input that has ended is what a shell does: nothing to warn of.
    if (System.getProperty(TerminalBuilder.PROP_CLOSE_MODE) == null) {
      System.setProperty(TerminalBuilder.PROP_CLOSE_MODE, "lenient");
    }
  }

  /**
   * Makes a terminal.
   *
   * @param type as in {@code $TERM}
   * @param size its first size
   * @param out gets what is shown
   */
  RemoteTerminal(String type, Size size, OutputStream out) throws IOException {
    // The terminal writes byte by byte and flushes after every piece: a frame is a piece.
    super("hostler", type, new BufferedOutputStream(out), StandardCharsets.UTF_8);
    setSize(size);
  }

  /** Adopts a new size and tells whoever draws. */
  void resize(Size size) {
    setSize(size);
    raise(Signal.WINCH);
  }

  /** Ends the input, as a lost line does. */
  void hangUp() throws IOException {
    slaveInputPipe.close();
  }
}
