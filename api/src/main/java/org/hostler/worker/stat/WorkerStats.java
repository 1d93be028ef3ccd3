// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.stat;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hostler.worker.WorkerId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Everything there is to see: workers, their history, the stream of events, the preload list.
 *
 * <p>What PostgreSQL shows in {@code pg_stat_activity} for connected workers only (contract V1–V3,
 * V7), for all workers from their registration on. Reading takes no lock and disturbs nobody; all
 * methods may be called from any thread and return copies. After the host has begun to stop they
 * show what is left.
 */
@ProviderType
public interface WorkerStats {

  /** Returns the host at this moment. */
  HostStat host();

  /** Returns all registered workers, by slot. Each is read at one moment, the list is not. */
  List<WorkerStat> workers();

  /**
   * Returns one worker.
   *
   * @param id slot and generation
   * @return the worker; empty when that registration is gone
   */
  Optional<WorkerStat> worker(WorkerId id);

  /**
   * Returns the newest events, oldest first. At most {@code history_size} are kept; those of
   * workers that are gone stay among them.
   *
   * @param limit how many at most
   */
  List<WorkerEvent> history(int limit);

  /**
   * Returns the newest events of one registration, oldest first.
   *
   * @param id slot and generation, of a worker that may be gone
   * @param limit how many at most
   */
  List<WorkerEvent> history(WorkerId id, int limit);

  /**
   * Explains one worker.
   *
   * @param id slot and generation
   * @return the words; empty when that registration is gone
   */
  Optional<Explanation> explain(WorkerId id);

  /** Returns what became of the preload list, in its order. */
  List<PreloadStat> preload();

  /** Returns every library and function that could be named, by library and version. */
  List<LibraryStat> functions();

  /**
   * Listens to events from now on.
   *
   * <p>The listener is called on a thread of its own, in the order of {@code seq}, none left out.
   * One that falls more than {@code history_size} events behind gets one event {@code GAP} with the
   * number of those it missed, and goes on with the newest. What it throws ends its subscription
   * and is logged.
   *
   * @param listener called for each event
   * @return closes the subscription; after {@code close} has returned the listener is not called
   *     any more, unless it is what called {@code close}
   */
  Subscription subscribe(Consumer<WorkerEvent> listener);

  /** A running subscription. */
  @ProviderType
  interface Subscription extends AutoCloseable {
    /** Ends it. Idempotent. */
    @Override
    void close();
  }
}
