// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hostler.database.DatabaseNotification;
import org.hostler.database.Databases.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service that listens: what arrives is handed to it one at a time, on a thread of ours. */
final class SubscribedService implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(SubscribedService.class);

  private final MechanismThreads threads;
  private final String channel;
  private final Consumer<DatabaseNotification> listener;
  private final SessionMail mail;

  /** How often something arrived since the last look; who makes it 1 hands over. */
  private final AtomicInteger arrivals = new AtomicInteger();

  private volatile boolean closed;

  SubscribedService(
      Notifications notifications,
      MechanismThreads threads,
      DatabaseTarget target,
      String channel,
      Consumer<DatabaseNotification> listener) {
    this.threads = threads;
    this.channel = channel;
    this.listener = listener;
    this.mail =
        new SessionMail(
            notifications,
            target,
            "subscription to channel \"%s\" of database \"%s\"".formatted(channel, target.name()),
            this::arrived);
  }

  /** Listens from now on. */
  SubscribedService open() throws SQLException {
    mail.listen(channel);
    return this;
  }

  private void arrived() {
    if (arrivals.getAndIncrement() == 0) {
      threads.execute(this::handOver);
    }
  }

  private void handOver() {
    int seen;
    do {
      seen = arrivals.get();
      for (DatabaseNotification notification : mail.take()) {
        if (!closed) {
          handOver(notification);
        }
      }
    } while (!arrivals.compareAndSet(seen, 0));
  }

  private void handOver(DatabaseNotification notification) {
    try {
      listener.accept(notification);
    } catch (Throwable thrown) { // the others still have to come
      LOG.warn("a listener to channel \"{}\" failed", channel, thrown);
    }
  }

  @Override
  public void close() {
    closed = true;
    mail.close();
  }
}
