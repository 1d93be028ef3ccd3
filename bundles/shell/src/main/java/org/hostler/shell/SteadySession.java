// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.CommandSessionImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;

/**
 * A Gogo session that survives Ctrl-C.
 *
 * <p>Gogo's own sessions write through an interruptible channel, which is closed for good when a
 * command is interrupted while it prints; nothing can be printed in that session afterwards.
 */
final class SteadySession extends CommandSessionImpl {
  /** The session variable with the encoding of what is printed. */
  static final String CHARSET = ".hostler.charset";

  /** Where a command without a scope is looked for, in this order. */
  private static final String SCOPES = "gogo:felix:" + Syntax.SCOPE + ":*";

  /**
   * Makes a session.
   *
   * @param processor Gogo's, as it is in the service registry
   * @param charset the encoding of what is printed
   */
  SteadySession(
      CommandProcessor processor,
      InputStream in,
      OutputStream out,
      OutputStream err,
      Charset charset) {
    super((CommandProcessorImpl) processor, in, out, err);
    WritableByteChannel output = new SteadyChannel(out);
    WritableByteChannel errors = out == err ? output : new SteadyChannel(err);
    channels = new Channel[] {channels[0], output, errors};
    put("SCOPE", SCOPES);
    put(CHARSET, charset);
  }

  /**
   * Returns what a shell prints of a command's result.
   *
   * @return text that ends with a line end; an empty string when there is nothing to print
   */
  String formatted(@Nullable Object result) {
    if (result == null || Boolean.FALSE.equals(get(".Gogo.format"))) {
      return "";
    }
    String text = format(result, Converter.INSPECT).toString();
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  /** Writes to a stream, whoever interrupts the thread, and leaves it open. */
  private record SteadyChannel(OutputStream out) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
      byte[] bytes = new byte[source.remaining()];
      source.get(bytes);
      out.write(bytes);
      out.flush();
      return bytes.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // the stream belongs to whoever made the session
    }
  }
}
