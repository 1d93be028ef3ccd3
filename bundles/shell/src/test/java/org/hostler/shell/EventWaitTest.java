// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

class EventWaitTest {
  private static final WorkerId ID = new WorkerId(3, 17, 0);
  private final Seen seen = new Seen();

  private EventWait.Outcome look(Milestone milestone) throws InterruptedException {
    return EventWait.await(seen, ID, milestone, Duration.ZERO);
  }

  @Test
  void anEventOfThePastHasHappened() throws Exception {
    seen.event(3, 17, "w", WorkerEvent.Kind.STARTED, 0);
    assertThat(look(Milestone.STARTED)).isEqualTo(EventWait.Outcome.HAPPENED);
    assertThat(look(Milestone.EXITED)).isEqualTo(EventWait.Outcome.TIMED_OUT);
  }

  @Test
  void aCrashIsAnExit() throws Exception {
    seen.event(3, 17, "w", WorkerEvent.Kind.CRASHED, 3);
    assertThat(look(Milestone.EXITED)).isEqualTo(EventWait.Outcome.HAPPENED);
  }

  @Test
  void theWorkerItselfShowsWhatTheHistoryHasForgotten() throws Exception {
    seen.worker(3, 17, "w", WorkerState.RUNNING);
    assertThat(look(Milestone.STARTED)).isEqualTo(EventWait.Outcome.HAPPENED);
    assertThat(look(Milestone.READY)).isEqualTo(EventWait.Outcome.TIMED_OUT);
  }

  @Test
  void eventsOfOtherWorkersDoNotCount() throws Exception {
    seen.worker(3, 17, "w", WorkerState.PENDING).event(3, 16, "w", WorkerEvent.Kind.STARTED, 0);
    assertThat(look(Milestone.STARTED)).isEqualTo(EventWait.Outcome.TIMED_OUT);
  }

  @Test
  void aWorkerThatIsGoneIsNeverReadyAndIsUnregistered() throws Exception {
    seen.event(3, 17, "w", WorkerEvent.Kind.UNREGISTERED, 0);
    assertThat(look(Milestone.READY)).isEqualTo(EventWait.Outcome.NEVER);
    assertThat(look(Milestone.UNREGISTERED)).isEqualTo(EventWait.Outcome.HAPPENED);
  }

  @Test
  void aLifeThatWasOverBeforeThePastWasLookedAtHasHappened() throws Exception {
    seen.event(3, 17, "w", WorkerEvent.Kind.STARTED, 0);
    seen.event(3, 17, "w", WorkerEvent.Kind.EXITED, 0);
    seen.event(3, 17, "w", WorkerEvent.Kind.UNREGISTERED, 0);
    seen.atOnce.addAll(seen.events.subList(1, 3));
    assertThat(look(Milestone.STARTED)).isEqualTo(EventWait.Outcome.HAPPENED);
    assertThat(look(Milestone.READY)).isEqualTo(EventWait.Outcome.NEVER);
  }

  @Test
  void anEventThatComesEndsTheWait() throws Exception {
    seen.worker(3, 17, "w", WorkerState.PENDING);
    CompletableFuture<EventWait.Outcome> outcome =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return EventWait.await(seen, ID, Milestone.READY, Duration.ofSeconds(30));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    while (!outcome.isDone()) { // the wait subscribes in its own time
      seen.happens(Seen.event(9, 3, 17, "w", WorkerEvent.Kind.READY, 0));
      Thread.onSpinWait();
    }
    assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(EventWait.Outcome.HAPPENED);
    assertThat(seen.listeners).isEmpty();
  }
}
