// SPDX-License-Identifier: Apache-2.0
package org.hostler.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log: {@code 2026-11-20T23:59:59.123Z INFO [3:17 "worker name"] logger - message}.
 *
 * <p>The time is UTC. The brackets are left out where no worker speaks; in the name a double quote
 * and a backslash have a backslash before them. What follows the first line of a message, and a
 * stack trace, stand on further lines that begin with white space: a line that does not is the next
 * one. Id and name are the MDC's {@code worker.id} and {@code worker.name}, asked of the MDC
 * itself, since the event's map would be a copy of everything in it.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private record Second(long number, String text) {}

  private final Function<String, @Nullable String> context;
  private volatile Second second = new Second(-1, "");

  /**
   * Makes a layout.
   *
   * @param context gives the value that the MDC of the calling thread has for a key
   */
  LogLine(Function<String, @Nullable String> context) {
    this.context = context;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    time(line, event.getTimeStamp());
    line.append(' ').append(event.getLevel()).append(' ');
    worker(line, context.apply("worker.id"));
    line.append(event.getLoggerName()).append(" - ");
    text(line, event.getFormattedMessage());
    line.append('\n');
    if (event.getThrowableProxy() != null) {
      for (String more : ThrowableProxyUtil.asString(event.getThrowableProxy()).split("\\R")) {
        line.append("  ").append(more).append('\n');
      }
    }
    return line.toString();
  }

  private void time(StringBuilder line, long millis) {
    long number = Math.floorDiv(millis, 1_000L);
    Second known = second;
    if (known.number != number) {
      String text = Instant.ofEpochSecond(number).toString();
      known = new Second(number, text.substring(0, text.length() - 1));
      second = known;
    }
    long rest = Math.floorMod(millis, 1_000L);
    line.append(known.text).append('.');
    line.append(rest < 100 ? rest < 10 ? "00" : "0" : "").append(rest).append('Z');
  }

  private void worker(StringBuilder line, @Nullable String id) {
    if (id == null) {
      return;
    }
    line.append('[').append(id);
    String name = context.apply("worker.name");
    if (name != null) {
      line.append(" \"");
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        if (c == '"' || c == '\\') {
          line.append('\\');
        }
        line.append(c < ' ' ? ' ' : c);
      }
      line.append('"');
    }
    line.append("] ");
  }

  private static void text(StringBuilder line, @Nullable String message) {
    if (message == null || (message.indexOf('\n') < 0 && message.indexOf('\r') < 0)) {
      line.append(message);
    } else {
      line.append(String.join("\n  ", message.split("\\R")));
    }
  }
}
