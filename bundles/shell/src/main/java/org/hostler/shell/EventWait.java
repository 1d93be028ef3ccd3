// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerStats;

/**
 * Waits until something has happened to a registration, in whichever of its lives.
 *
 * <p>It listens first and looks at the past afterwards, so that nothing falls in between. The past
 * is the history, and the worker itself where the history has forgotten. That it can never happen
 * is concluded from the event {@code unregistered} only: the table is ahead of the stream. And only
 * after a look at the past, which whoever waits may not have come to when that event arrives.
 */
final class EventWait {
  /** How a wait ended. */
  enum Outcome {
    /** It has happened. */
    HAPPENED,
    /** It cannot happen any more: the registration is gone. */
    NEVER,
    /** It has not happened in time. */
    TIMED_OUT
  }

  private final WorkerStats stats;
  private final WorkerId id;
  private final Milestone milestone;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  private EventWait(WorkerStats stats, WorkerId id, Milestone milestone) {
    this.stats = stats;
    this.id = id;
    this.milestone = milestone;
  }

  /**
   * Waits.
   *
   * @param timeout how long at most; 0 looks once
   * @throws InterruptedException when the thread is interrupted
   */
  static Outcome await(WorkerStats stats, WorkerId id, Milestone milestone, Duration timeout)
      throws InterruptedException {
    EventWait wait = new EventWait(stats, id, milestone);
    WorkerStats.Subscription subscription = stats.subscribe(wait::listen);
    try {
      wait.lookBack();
      return wait.outcome.get(nanos(timeout), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Outcome.TIMED_OUT;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody completes the outcome with a failure", e);
    } finally {
      subscription.close();
    }
  }

  private static long nanos(Duration timeout) {
    return timeout.compareTo(Duration.ofDays(10_000)) > 0 ? Long.MAX_VALUE : timeout.toNanos();
  }

  /** What comes; it may come before the past was looked at. */
  private void listen(WorkerEvent event) {
    boolean end = event.kind() == WorkerEvent.Kind.UNREGISTERED && isOfIt(event);
    if (end || event.kind() == WorkerEvent.Kind.GAP) {
      lookBack();
    }
    look(event);
  }

  private void look(WorkerEvent event) {
    if (isOfIt(event)) {
      if (milestone.isMetBy(event.kind())) {
        outcome.complete(Outcome.HAPPENED);
      } else if (event.kind() == WorkerEvent.Kind.UNREGISTERED) {
        outcome.complete(Outcome.NEVER);
      }
    }
  }

  private boolean isOfIt(WorkerEvent event) {
    return event.id().filter(id::sameWorker).isPresent();
  }

  private void lookBack() {
    stats.history(id, WorkerNames.ALL).forEach(this::look);
    Optional<WorkerStat> stat = stats.worker(id);
    boolean shown = stat.map(milestone::isShownBy).orElse(milestone == Milestone.UNREGISTERED);
    if (shown) {
      outcome.complete(Outcome.HAPPENED);
    }
  }
}
