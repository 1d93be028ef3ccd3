// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import org.hostler.database.DatabaseNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications of one session, or of one subscription: what it has sent and not committed, to
 * what it listens, and what has arrived for it (contract N8).
 *
 * <p>Sending and listening belong to one thread; what arrives comes from any.
 */
final class SessionMail implements Notifications.Receiver {
  /** How many that have arrived are kept. */
  static final int MOST = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(SessionMail.class);
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9_]{1,63}");
  private static final int LONGEST_PAYLOAD = 7_999;

  private final Notifications notifications;
  private final DatabaseTarget target;
  private final String who;
  private final Runnable arrived;
  private final Set<DatabaseNotification> uncommitted = new LinkedHashSet<>();
  private final Set<String> channels = new HashSet<>();
  private final Queue<DatabaseNotification> inbox = new ArrayDeque<>();
  private boolean overflowed;
  private boolean closed;

  /**
   * Makes an empty one.
   *
   * @param who whose it is, for the log
   * @param arrived called on any thread when something has arrived
   */
  SessionMail(Notifications notifications, DatabaseTarget target, String who, Runnable arrived) {
    this.notifications = notifications;
    this.target = target;
    this.who = who;
    this.arrived = arrived;
  }

  /** Checks what is to be sent. */
  static void check(String channel, String payload) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException(
          "channel \"%s\": is no name for a channel\nIt has 1 to 63 letters, digits and _."
              .formatted(channel));
    }
    int length = payload.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_PAYLOAD) {
      throw new IllegalArgumentException(
          "channel \"%s\": the payload is too long\nIt has %d bytes, %d are allowed."
              .formatted(channel, length, LONGEST_PAYLOAD));
    }
  }

  /**
   * Sends something that no server carries; the same twice in a transaction is sent once, as
   * PostgreSQL does.
   *
   * @param inTransaction whether it has to wait for a commit
   */
  void send(String channel, String payload, boolean inTransaction) {
    DatabaseNotification notification = new DatabaseNotification(target.name(), channel, payload);
    if (inTransaction) {
      uncommitted.add(notification);
    } else {
      notifications.deliver(notification);
    }
  }

  /** The transaction was committed, or was not. */
  void ended(boolean committed) {
    if (!uncommitted.isEmpty()) {
      List<DatabaseNotification> sent = List.copyOf(uncommitted);
      uncommitted.clear();
      if (committed) {
        sent.forEach(notifications::deliver);
      }
    }
  }

  /** Listens from now on. */
  void listen(String channel) throws SQLException {
    check(channel, "");
    if (channels.contains(channel)) {
      return;
    }
    notifications.listen(target, channel, this);
    boolean late;
    synchronized (inbox) {
      channels.add(channel);
      late = closed;
    }
    if (late) {
      notifications.unlisten(target.name(), channel, this);
    }
  }

  /** Listens no more. */
  void unlisten(String channel) {
    synchronized (inbox) {
      channels.remove(channel);
    }
    notifications.unlisten(target.name(), channel, this);
  }

  @Override
  public void receive(DatabaseNotification notification) {
    boolean dropped = false;
    synchronized (inbox) {
      if (inbox.size() == MOST) {
        inbox.remove();
        dropped = !overflowed;
        overflowed = true;
      }
      inbox.add(notification);
    }
    if (dropped) {
      LOG.warn(
          "{}: {} notifications wait to be taken; the oldest are dropped from now on", who, MOST);
    }
    arrived.run();
  }

  /** Takes what has arrived, oldest first. */
  List<DatabaseNotification> take() {
    synchronized (inbox) {
      if (inbox.isEmpty()) {
        return List.of();
      }
      List<DatabaseNotification> taken = new ArrayList<>(inbox);
      inbox.clear();
      overflowed = false;
      return taken;
    }
  }

  /** Listens to nothing any more; from any thread. */
  void close() {
    List<String> left;
    synchronized (inbox) {
      closed = true;
      left = List.copyOf(channels);
      channels.clear();
    }
    left.forEach(channel -> notifications.unlisten(target.name(), channel, this));
  }
}
