// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.concurrent.CountDownLatch;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerStats;

/**
 * {@code bgw:events --follow}: the live stream.
 *
 * <p>The subscription's own thread prints. A reader that is slow makes it slow, and the stream then
 * tells that reader what it missed in one {@code gap}; nobody else notices.
 */
final class EventsCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("events", "prints every event as it happens, until it is interrupted")
          .with(new Option("follow", "", Values.NONE, false, true, "goes on until interrupted"))
          .json()
          .note("What has happened before is shown by bgw:history.");

  private final Host host;

  EventsCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed, InterruptedException {
    boolean asJson = line.has("json");
    CountDownLatch unread = new CountDownLatch(1);
    WorkerStats.Subscription subscription =
        host.stats()
            .subscribe(
                event -> {
                  show(event, asJson, out);
                  if (out.broken()) {
                    unread.countDown();
                  }
                });
    try {
      unread.await();
    } finally {
      subscription.close();
    }
  }

  private static void show(WorkerEvent event, boolean asJson, Output out) {
    if (asJson) {
      out.json(json -> EventView.json(json, event));
    } else {
      out.line(EventView.line(event));
    }
  }
}
