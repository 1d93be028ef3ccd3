// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.function.Consumer;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * The log is one more reader of the event stream: one line per transition, at PostgreSQL's levels
 * (contract X16), name and type in every line.
 *
 * <p>At most {@value #MOST_LINES} lines a second; above that one summary a second. Nothing is lost
 * from the stream by that.
 */
final class EventLog implements Consumer<WorkerEvent> {
  static final int MOST_LINES = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger("org.hostler.workers");
  private static final long SECOND = 1_000_000_000L;

  private final Ticker ticker;
  private long second;
  private int lines;
  private int dropped;

  EventLog(Ticker ticker) {
    this.ticker = ticker;
    second = ticker.now();
  }

  @Override
  public void accept(WorkerEvent event) {
    try {
      log(event);
    } catch (RuntimeException | Error e) { // no memory for a line, perhaps: the next may fit
      dropped++;
    }
  }

  private void log(WorkerEvent event) {
    Level level = level(event);
    if (!LOG.isEnabledForLevel(level) || !withinRate()) {
      return;
    }
    event.id().map(WorkerId::toString).ifPresent(id -> MDC.put("worker.id", id));
    MDC.put("worker.name", event.name());
    MDC.put("worker.type", event.type());
    try {
      LOG.atLevel(level).log(words(event));
    } finally {
      MDC.clear();
    }
  }

  private boolean withinRate() {
    long now = ticker.now();
    if (now - second >= SECOND) {
      if (dropped > 0) {
        LOG.info("{} more events in the last second; bgw:history has them", dropped);
      }
      second = now;
      lines = 0;
      dropped = 0;
    }
    if (lines < MOST_LINES) {
      lines++;
      return true;
    }
    dropped++;
    return false;
  }

  static Level level(WorkerEvent event) {
    return switch (event.kind()) {
      case REGISTERED, STARTED, UNREGISTERED -> Level.DEBUG;
      case EXITED -> event.status().orElse(1) == 0 ? Level.DEBUG : Level.INFO;
      case BACKOFF, PARKED, TERMINATING, RESET, READY -> Level.INFO;
      case ABANDONED, CRASHED, REFUSED, STARVING, GAP -> Level.WARN;
    };
  }

  static String words(WorkerEvent event) {
    String who =
        "background worker \"%s\" of type \"%s\"%s "
            .formatted(
                event.name(), event.type(), event.id().map(id -> " (" + id + ")").orElse(""));
    String detail = event.detail().isEmpty() ? "" : ": " + event.detail();
    return switch (event.kind()) {
      case REGISTERED -> who + "was registered" + detail;
      case REFUSED -> who + "was refused" + detail;
      case STARTED -> who + "started" + detail;
      case READY -> who + "is ready" + detail;
      case EXITED -> who + "exited with status " + event.status().orElse(1) + detail;
      case CRASHED ->
          event.signal().isEmpty()
              ? who + "crashed with status " + event.status().orElse(-1) + detail
              : who + "was terminated by signal " + event.signal() + detail;
      case BACKOFF -> who + "waits" + detail;
      case PARKED -> who + "is parked" + detail;
      case TERMINATING -> who + "is asked to stop" + detail;
      case ABANDONED -> who + "is abandoned" + detail;
      case UNREGISTERED -> who + "was unregistered" + detail;
      case RESET -> who + "was reset" + detail;
      case STARVING -> who + "keeps a processor from other workers" + detail;
      case GAP -> event.detail() + " events are missing from the log; bgw:history may have them";
    };
  }
}
