// SPDX-License-Identifier: Apache-2.0
package org.hostler.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps what is logged before the log's destination is known.
 *
 * <p>It keeps the first thousand lines: more means that nobody will ever say where they go.
 */
final class EarlyLines extends AppenderBase<ILoggingEvent> {
  private static final int MOST = 1_000;

  private final List<ILoggingEvent> lines = new ArrayList<>();

  @Override
  protected synchronized void append(ILoggingEvent line) {
    if (lines.size() < MOST) {
      line.prepareForDeferredProcessing();
      lines.add(line);
    }
  }

  /** Hands over every line in the order in which it was logged, and forgets it. */
  synchronized void drainTo(Consumer<ILoggingEvent> destination) {
    lines.forEach(destination);
    lines.clear();
  }
}
