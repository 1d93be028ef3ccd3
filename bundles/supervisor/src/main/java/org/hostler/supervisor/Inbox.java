// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the supervisor, in the order in which PostgreSQL's server loop looks at things:
 * stop, reload, exits, requests (contract L13). Launches come after all of it.
 *
 * <p>Any thread posts; the holder of the baton polls. Within one kind, first come, first served.
 */
final class Inbox {

  /** The kinds of letters, the most urgent first. */
  enum Kind {
    STOP,
    RELOAD,
    EXIT,
    REQUEST
  }

  /** Something to be done with the baton held. */
  sealed interface Letter {}

  /**
   * Something happened to a worker; dropped when that registration is gone.
   *
   * @param index its slot
   * @param generation its registration
   * @param event what happened
   */
  record ForWorker(int index, long generation, Event event) implements Letter {}

  /**
   * A piece of work on the whole table.
   *
   * @param work the work; must not block
   */
  record Work(Runnable work) implements Letter {}

  private final Queue<Letter> stops = new ConcurrentLinkedQueue<>();
  private final Queue<Letter> reloads = new ConcurrentLinkedQueue<>();
  private final Queue<Letter> exits = new ConcurrentLinkedQueue<>();
  private final Queue<Letter> requests = new ConcurrentLinkedQueue<>();

  void post(Kind kind, Letter letter) {
    queue(kind).add(letter);
  }

  @Nullable Letter poll() {
    Letter letter = stops.poll();
    if (letter == null) {
      letter = reloads.poll();
    }
    if (letter == null) {
      letter = exits.poll();
    }
    return letter == null ? requests.poll() : letter;
  }

  boolean isEmpty() {
    return stops.isEmpty() && reloads.isEmpty() && exits.isEmpty() && requests.isEmpty();
  }

  private Queue<Letter> queue(Kind kind) {
    return switch (kind) {
      case STOP -> stops;
      case RELOAD -> reloads;
      case EXIT -> exits;
      case REQUEST -> requests;
    };
  }
}
