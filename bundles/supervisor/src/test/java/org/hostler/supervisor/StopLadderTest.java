// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

/** The ladder by which one worker is stopped, on paper: due by due. */
class StopLadderTest {
  private static final RestartPolicy SOON = RestartPolicy.after(ofSeconds(5));

  /** Climbs to the end; returns "milliseconds: actions" of every rung. */
  private static List<String> climb(Duration delay, Duration timeout) {
    WorkerLifecycle lifecycle = new WorkerLifecycle(delay, timeout, true);
    List<String> rungs = new ArrayList<>();
    long asked = Slots.NOW.nanos();
    Step step = lifecycle.step(Slots.running(SOON), new Event.Terminate(), Slots.NOW);
    while (step.slot().deadline() != WorkerSlot.NEVER && rungs.size() < 100) {
      Moment due = new Moment(step.slot().deadline(), 0);
      step = lifecycle.step(step.slot(), new Event.Due(), due);
      boolean abandoned = step.actions().contains(new Action.Abandon());
      assertThat(step.actions()).contains(new Action.Interrupt());
      rungs.add((due.nanos() - asked) / 1_000_000 + (abandoned ? " abandoned" : ""));
    }
    assertThat(step.slot().state()).isEqualTo(WorkerState.ABANDONED);
    return rungs;
  }

  @Test
  void threadIsInterruptedEveryDelayAndAbandonedAtTheTimeout_F6_F7() {
    assertThat(climb(ofSeconds(1), ofSeconds(4)))
        .containsExactly("1000", "2000", "3000", "4000 abandoned");
    assertThat(climb(ofSeconds(3), ofSeconds(4))).containsExactly("3000", "4000 abandoned");
  }

  @Test
  void timeoutHoldsWhateverTheDelay() {
    assertThat(climb(ofSeconds(20), ofSeconds(4))).containsExactly("4000 abandoned");
    assertThat(climb(ofSeconds(1), Duration.ZERO)).containsExactly("0 abandoned");
    assertThat(climb(Duration.ZERO, ofMillis(25))).containsExactly("0", "10", "20", "25 abandoned");
  }

  @Test
  void termComesFirstAndOnce_X10() {
    Step step = Slots.lifecycle().step(Slots.running(SOON), new Event.Terminate(), Slots.NOW);
    assertThat(step.actions())
        .containsExactly(
            new Action.Send(WorkerSignal.TERM), Action.emit(Kind.TERMINATING, "for good"));
  }

  @Test
  void abandonedWorkerHoldsItsSlotUntilItsThreadEndsAfterAll_F8() {
    WorkerSlot abandoned = Slots.in(WorkerState.ABANDONED, SOON);
    for (Event event :
        List.of(new Event.Due(), new Event.CauseGone(), new Event.Signal(WorkerSignal.TERM))) {
      assertThat(Slots.lifecycle().step(abandoned, event, Slots.NOW)).isEqualTo(Step.of(abandoned));
    }
    Step ended =
        Slots.lifecycle()
            .step(abandoned, new Event.Exited(1, ExitStatus.failed("late"), 0), Slots.NOW);
    assertThat(ended.actions().get(0)).isInstanceOf(Action.Free.class);
  }

  @Test
  void deadlinesDoNotDependOnHowOftenOneIsAsked_O6() {
    Step first = Slots.lifecycle().step(Slots.running(SOON), new Event.Restart(), Slots.NOW);
    Moment later = new Moment(Slots.NOW.nanos() + ofSeconds(9).toNanos(), 0);
    Step second = Slots.lifecycle().step(first.slot(), new Event.HostStops(), later);
    Moment end = new Moment(Slots.NOW.nanos() + Slots.STOP_TIMEOUT.toNanos(), 0);
    Step last = Slots.lifecycle().step(second.slot(), new Event.Due(), end);
    assertThat(last.slot().state()).isEqualTo(WorkerState.ABANDONED);
  }
}
