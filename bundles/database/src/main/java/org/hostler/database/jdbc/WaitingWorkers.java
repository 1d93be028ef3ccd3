// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hostler.worker.WorkerId;

/** Which workers, whatever their life, wait for which database. Nothing here takes a lock. */
final class WaitingWorkers {
  private final Map<WorkerId, Waiting> waiting = new ConcurrentHashMap<>();

  /**
   * What a worker waits for.
   *
   * @param database the database's name
   * @param held why it is held, whatever the database answers; empty when it is not
   */
  private record Waiting(String database, String held) {}

  private static WorkerId key(WorkerId worker) {
    return new WorkerId(worker.slot(), worker.generation(), 0);
  }

  /** It waits until the database answers. */
  void add(WorkerId worker, String database) {
    waiting.put(key(worker), new Waiting(database, ""));
  }

  /** It waits until it is removed from here, and is told that reason. */
  void hold(WorkerId worker, String database, String reason) {
    waiting.put(key(worker), new Waiting(database, reason));
  }

  /** It waits no longer. */
  void remove(WorkerId worker) {
    waiting.remove(key(worker));
  }

  /** Returns those who wait until a database answers. */
  List<WorkerId> of(String database) {
    List<WorkerId> found = new ArrayList<>();
    waiting.forEach(
        (worker, mine) -> {
          if (mine.held.isEmpty() && mine.database.equals(database)) {
            found.add(worker);
          }
        });
    return found;
  }

  /**
   * Returns why a worker waits still; empty when it need not.
   *
   * @param known how a database is, as far as is known
   */
  Optional<String> why(WorkerId worker, Function<String, Answer> known) {
    Waiting mine = waiting.get(key(worker));
    if (mine == null) {
      return Optional.empty();
    } else if (!mine.held.isEmpty()) {
      return Optional.of(mine.held);
    }
    return Optional.of(known.apply(mine.database)).filter(Answer::down).map(Answer::words);
  }
}
