// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hostler.supervisor.Slots.NOW;

import java.time.Duration;
import java.util.List;
import org.hostler.supervisor.Event.Attempt;
import org.hostler.supervisor.Event.Outlook;
import org.hostler.supervisor.WorkerSlot.Cause;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The details behind the table's words; the table itself is {@link WorkerLifecycleTableTest}'s. */
class WorkerLifecycleTest {
  private static final RestartPolicy NEVER = RestartPolicy.never();
  private static final RestartPolicy SOON = RestartPolicy.after(ofSeconds(5));
  private static final ExitStatus FAILED = ExitStatus.failed("it failed");

  private static Step step(WorkerSlot slot, Event event) {
    return Slots.lifecycle().step(slot, event, NOW);
  }

  private static Step exited(WorkerSlot slot, ExitStatus status) {
    return step(slot, new Event.Exited(slot.incarnation(), status, 0));
  }

  private static List<Kind> told(Step step) {
    return step.actions().stream()
        .filter(Action.Emit.class::isInstance)
        .map(action -> ((Action.Emit) action).kind())
        .toList();
  }

  private static boolean frees(Step step) {
    return step.actions().stream().anyMatch(Action.Free.class::isInstance);
  }

  private static long in(Duration delay) {
    return NOW.nanos() + delay.toNanos();
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUESTED", "PENDING", "BACKOFF", "PARKED"})
  void terminatedBeforeItsLaunchItIsFreedAndEverybodyIsTold_S11_T9_N1(WorkerState state) {
    Step step = step(Slots.in(state, SOON), new Event.Terminate());
    assertThat(step.actions().get(0)).isInstanceOf(Action.Free.class);
    assertThat(told(step)).containsExactly(Kind.UNREGISTERED);
  }

  @Test
  void secondTerminateAsksForNothingMore_X10_H11_T6() {
    Step first = step(Slots.running(SOON), new Event.Terminate());
    assertThat(first.actions()).contains(new Action.Send(WorkerSignal.TERM));
    Step second = step(first.slot(), new Event.Terminate());
    assertThat(second.actions()).isEmpty();
    assertThat(second.slot()).isEqualTo(first.slot());
  }

  @Test
  void returnedWorkerIsUnregisteredWhateverItsPolicy_X1_X2_T2() {
    Step step = exited(Slots.running(SOON), ExitStatus.done());
    assertThat(frees(step)).isTrue();
    assertThat(told(step)).containsExactly(Kind.EXITED, Kind.UNREGISTERED);
  }

  @Test
  void failedWorkerThatNeverRestartsIsUnregistered_X3_T3() {
    Step step = exited(Slots.running(NEVER), FAILED);
    assertThat(frees(step)).isTrue();
    assertThat(told(step)).containsExactly(Kind.EXITED, Kind.UNREGISTERED);
  }

  @Test
  void failedWorkerWaitsInItsSlotWithItsGeneration_X3_X9() {
    WorkerSlot running = Slots.running(SOON);
    Step step = exited(running, FAILED);
    assertThat(step.slot().state()).isEqualTo(WorkerState.BACKOFF);
    assertThat(step.slot().deadline()).isEqualTo(in(ofSeconds(5)));
    assertThat(step.slot().index()).isEqualTo(running.index());
    assertThat(step.slot().generation()).isEqualTo(running.generation());
    assertThat(step.slot().lastExit().status()).isEqualTo(FAILED);
  }

  @Test
  void lifeWhoseLaunchFailedIsAnExitLikeAnyOther_S5() {
    Step again = exited(Slots.in(WorkerState.STARTING, SOON), FAILED);
    assertThat(again.slot().state()).isEqualTo(WorkerState.BACKOFF);
    assertThat(told(again)).containsExactly(Kind.EXITED, Kind.BACKOFF);
    Step gone = exited(Slots.in(WorkerState.STARTING, NEVER), FAILED);
    assertThat(told(gone)).containsExactly(Kind.EXITED, Kind.UNREGISTERED);
  }

  @Test
  void intervalZeroIsEnqueuedAtOnce_R7_T19() {
    Step step = exited(Slots.running(RestartPolicy.after(Duration.ZERO)), FAILED);
    assertThat(step.actions()).contains(new Action.Enqueue());
    assertThat(step.slot().deadline()).isEqualTo(WorkerSlot.NEVER);
  }

  @Test
  void crashFollowsThePolicyAndEndsTheHostOnlyIfToldSo_X5_C10_G12() {
    ExitStatus crash = ExitStatus.of(2);
    Step contained = exited(Slots.running(SOON), crash);
    assertThat(told(contained)).containsExactly(Kind.CRASHED, Kind.BACKOFF);
    assertThat(contained.actions()).noneMatch(Action.EndHost.class::isInstance);
    WorkerLifecycle strict = new WorkerLifecycle(Slots.INTERRUPT_DELAY, Slots.STOP_TIMEOUT, false);
    Step ends = strict.step(Slots.running(SOON), new Event.Exited(1, crash, 0), NOW);
    assertThat(ends.actions()).contains(new Action.EndHost(crash));
    Step failure = strict.step(Slots.running(SOON), new Event.Exited(1, FAILED, 0), NOW);
    assertThat(failure.actions()).noneMatch(Action.EndHost.class::isInstance);
  }

  @Test
  void lifeThatCannotBeginIsUnregisteredIfItNeverRestarts_S8_X3() {
    Step step = step(Slots.requested(NEVER), new Attempt(new Outlook.Missing(Slots.MISSING)));
    assertThat(frees(step)).isTrue();
    assertThat(told(step)).containsExactly(Kind.EXITED, Kind.UNREGISTERED);
    assertThat(step.slot().lastExit().status().cause()).isEqualTo("it is missing");
  }

  @Test
  void lifeThatCannotBeginIsTriedAgainSilentlyAndUsesUpNothing_S8_S9() {
    RestartPolicy limited = SOON.limit(1, ofSeconds(60));
    Event missing = new Attempt(new Outlook.Missing(Slots.MISSING));
    Step first = step(Slots.requested(limited), missing);
    assertThat(first.slot().state()).isEqualTo(WorkerState.PARKED);
    assertThat(first.slot().deadline()).isEqualTo(in(ofSeconds(5)));
    assertThat(told(first)).containsExactly(Kind.EXITED, Kind.PARKED);
    Step second = step(step(first.slot(), new Event.Due()).slot(), missing);
    assertThat(told(second)).isEmpty();
    assertThat(second.slot().deadline()).isEqualTo(in(ofSeconds(5)));
    assertThat(second.slot().budget().recent()).isEmpty();
    assertThat(second.slot().incarnation()).isZero();
    Step other = step(second.slot(), new Attempt(new Outlook.Missing(Slots.STOPPED)));
    assertThat(told(other)).contains(Kind.PARKED);
    assertThat(other.slot().reason()).isEqualTo(Slots.STOPPED);
  }

  @Test
  void whatIsMissingIsLookedForAtMostOnceASecond_S9() {
    RestartPolicy atOnce = RestartPolicy.after(Duration.ZERO);
    Step step = step(Slots.requested(atOnce), new Attempt(new Outlook.Missing(Slots.MISSING)));
    assertThat(step.slot().deadline()).isEqualTo(in(ofSeconds(1)));
  }

  @Test
  void libraryIsLookedForOnceAnAttempt_S8() {
    Step load = step(Slots.requested(SOON), new Attempt(new Outlook.Load()));
    assertThat(load.slot().loadTried()).isFalse();
    Step sought = step(load.slot(), new Event.LibrarySought());
    assertThat(sought.slot().loadTried()).isTrue();
    Step parked = step(sought.slot(), new Attempt(new Outlook.Missing(Slots.MISSING)));
    assertThat(parked.slot().loadTried()).isFalse();
    Step launched = step(sought.slot(), new Attempt(new Outlook.Available()));
    assertThat(launched.slot().loadTried()).isFalse();
  }

  @Test
  void loadingWorkerLooksAgainWhenSomethingCame() {
    Step load = step(Slots.requested(SOON), new Attempt(new Outlook.Load()));
    assertThat(step(load.slot(), new Event.CauseGone()).actions())
        .containsExactly(new Action.Enqueue());
  }

  @Test
  void parkedWorkerIsStartedWhenItsCauseGoesUnlessThatIsItsLimit_X17() {
    assertThat(step(Slots.in(WorkerState.PARKED, NEVER), new Event.CauseGone()).actions())
        .containsExactly(new Action.Enqueue());
    WorkerSlot limited = Slots.running(SOON).to(WorkerState.PARKED, Slots.LIMIT, WorkerSlot.NEVER);
    assertThat(step(limited, new Event.CauseGone()).actions()).isEmpty();
    assertThat(step(limited, new Event.Explained(Slots.STOPPED)).slot()).isEqualTo(limited);
    assertThat(step(limited, new Event.Drain(Slots.STOPPED)).slot()).isEqualTo(limited);
    Step byHand = step(limited, new Event.Restart());
    assertThat(byHand.actions()).containsExactly(new Action.Enqueue());
    assertThat(byHand.slot().budget()).isEqualTo(Budget.FRESH);
  }

  @Test
  void lifeWhoseDatabaseIsDownIsParkedOnItAndUsesUpNothing_X3() {
    WorkerSlot running = Slots.running(SOON.limit(1, ofSeconds(60)));
    Ending ending = new Ending("", Slots.DOWN.words());
    Step step = step(running, new Event.Exited(1, FAILED, ending, 0));
    assertThat(step.slot().state()).isEqualTo(WorkerState.PARKED);
    assertThat(step.slot().reason()).isEqualTo(Slots.DOWN);
    assertThat(step.slot().deadline()).isEqualTo(in(ofSeconds(5)));
    assertThat(step.slot().budget()).isEqualTo(running.budget());
    assertThat(told(step)).containsExactly(Kind.EXITED, Kind.PARKED);
  }

  @Test
  void databaseThatIsStillDownIsLookedAtAgainSilently() {
    WorkerSlot parked = Slots.running(SOON).to(WorkerState.PARKED, Slots.DOWN, WorkerSlot.NEVER);
    Step same = step(parked, new Attempt(new Outlook.Down(Slots.DOWN)));
    assertThat(same.actions()).isEmpty();
    assertThat(same.slot().deadline()).isEqualTo(in(ofSeconds(5)));
    WorkerReason other = new WorkerReason(Slots.DOWN.code(), "it starts up");
    Step changed = step(parked, new Attempt(new Outlook.Down(other)));
    assertThat(told(changed)).containsExactly(Kind.PARKED);
    assertThat(changed.slot().reason()).isEqualTo(other);
    WorkerSlot limited = Slots.running(SOON).to(WorkerState.PARKED, Slots.LIMIT, WorkerSlot.NEVER);
    assertThat(step(limited, new Attempt(new Outlook.Down(other)))).isEqualTo(Step.of(limited));
  }

  @Test
  void lifeHeldForItsDatabaseIsParkedAndLookedAtWhateverItsPolicy_D12() {
    Step held = step(Slots.running(NEVER), new Event.Drain(Slots.DOWN));
    Step step = exited(held.slot(), FAILED);
    assertThat(step.slot().reason()).isEqualTo(Slots.DOWN);
    assertThat(step.slot().deadline()).isEqualTo(in(ofSeconds(5)));
  }

  @Test
  void statementThatWasRunningIsInTheExitsDetailAndAfterItsCause_X16() {
    Ending ending = new Ending("select\n  pg_sleep(10)", "");
    ExitStatus failed = new ExitStatus.Failed("it failed", "at f");
    Step step = step(Slots.running(SOON), new Event.Exited(1, failed, ending, 0));
    Action.Emit exited = (Action.Emit) step.actions().get(0);
    assertThat(exited.detail()).isEqualTo("it failed [statement: select pg_sleep(10)]");
    assertThat(step.slot().lastExit().status())
        .isEqualTo(new ExitStatus.Failed("it failed [statement: select pg_sleep(10)]", "at f"));
    Step crashed = step(Slots.running(SOON), new Event.Exited(1, ExitStatus.of(2), ending, 0));
    assertThat(((Action.Emit) crashed.actions().get(0)).detail())
        .isEqualTo("[statement: select pg_sleep(10)]");
  }

  @ParameterizedTest
  @EnumSource(names = {"STOPPING", "ABANDONED"})
  void drainedLifeIsNoExitInTheSenseOfThePolicy_X2_X3(WorkerState state) {
    for (ExitStatus status : List.of(ExitStatus.done(), FAILED, ExitStatus.of(2))) {
      WorkerSlot drained = Slots.stopping(Cause.DRAIN, NEVER);
      Step step = exited(drained.stopping(drained.stopping(), state, drained.deadline()), status);
      assertThat(step.slot().state()).isEqualTo(WorkerState.PARKED);
      assertThat(step.slot().reason()).isEqualTo(Slots.STOPPED);
      assertThat(step.slot().budget()).isEqualTo(Budget.FRESH);
      assertThat(frees(step)).isFalse();
    }
  }

  @Test
  void parkedWorkerThatNeverRestartsWaitsForWhatItLost_X3() {
    Step step =
        step(Slots.in(WorkerState.PARKED, NEVER), new Attempt(new Outlook.Missing(Slots.STOPPED)));
    assertThat(frees(step)).isFalse();
    assertThat(step.slot().state()).isEqualTo(WorkerState.PARKED);
    assertThat(step.slot().deadline()).isEqualTo(WorkerSlot.NEVER);
  }

  @Test
  void restartedLifeStartsAfreshWhateverItsEnd_X11_V8() {
    for (ExitStatus status : List.of(ExitStatus.done(), FAILED)) {
      Step step = exited(Slots.stopping(Cause.RESTART, NEVER), status);
      assertThat(step.slot().state()).isEqualTo(WorkerState.PENDING);
      assertThat(step.actions()).contains(new Action.Enqueue());
      assertThat(told(step)).containsExactly(Kind.EXITED);
    }
  }

  @Test
  void signalledLifeIsJudgedByItsPolicy_X11() {
    assertThat(exited(Slots.stopping(Cause.SIGNAL, SOON), FAILED).slot().state())
        .isEqualTo(WorkerState.BACKOFF);
    assertThat(frees(exited(Slots.stopping(Cause.SIGNAL, SOON), ExitStatus.done()))).isTrue();
    assertThat(frees(exited(Slots.stopping(Cause.SIGNAL, NEVER), FAILED))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "SIGNAL,Restart,RESTART",
    "SIGNAL,Drain,DRAIN",
    "SIGNAL,Terminate,TERMINATE",
    "RESTART,Drain,DRAIN",
    "RESTART,HostStops,TERMINATE",
    "DRAIN,Restart,DRAIN",
    "DRAIN,Terminate,TERMINATE",
    "TERMINATE,Restart,TERMINATE",
    "TERMINATE,Drain,TERMINATE"
  })
  void strongerOfTwoCausesCountsAndTheLadderGoesOn_O1_X10(Cause first, String then, Cause left) {
    Event event =
        switch (then) {
          case "Restart" -> new Event.Restart();
          case "Drain" -> new Event.Drain(Slots.STOPPED);
          case "HostStops" -> new Event.HostStops();
          default -> new Event.Terminate();
        };
    WorkerSlot before = Slots.stopping(first, SOON);
    WorkerSlot after = step(before, event).slot();
    assertThat(after.stopping().cause()).isEqualTo(left);
    assertThat(after.stopping().since()).isEqualTo(before.stopping().since());
    assertThat(after.deadline()).isEqualTo(before.deadline());
    assertThat(after.terminating()).isEqualTo(left == Cause.TERMINATE);
  }

  @Test
  void newDescriptionCountsFromTheNextLifeOn_X17() {
    WorkerSlot running = Slots.running(SOON);
    BackgroundWorker updated = running.worker().toBuilder().restart(NEVER).build();
    Step step = step(running, new Event.Readopted(updated));
    assertThat(step.actions()).isEmpty();
    assertThat(step.slot().worker()).isEqualTo(updated);
    assertThat(step.slot().generation()).isEqualTo(running.generation());
    assertThat(step.slot().incarnation()).isEqualTo(running.incarnation());
    assertThat(frees(exited(step.slot(), FAILED))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void eventOfAnotherLifeDies_F17(WorkerState state) {
    WorkerSlot slot = Slots.in(state, SOON);
    for (int other : List.of(0, 2, 99)) {
      if (other != slot.incarnation()) {
        assertThat(step(slot, new Event.Started(other))).isEqualTo(Step.of(slot));
        assertThat(step(slot, new Event.Ready(other))).isEqualTo(Step.of(slot));
        assertThat(step(slot, new Event.Exited(other, FAILED, 0))).isEqualTo(Step.of(slot));
      }
    }
  }

  @Test
  void numberOfALifeStartsAgainAfterTheLargest() {
    WorkerSlot slot = Slots.requested(SOON);
    for (int i : List.of(1, 2)) {
      slot = slot.launched(slot.budget());
      assertThat(slot.incarnation()).isEqualTo(i);
    }
    WorkerSlot last =
        new WorkerSlot(
            slot.index(),
            slot.generation(),
            Integer.MAX_VALUE,
            slot.worker(),
            slot.origin(),
            slot.state(),
            null,
            null,
            slot.budget(),
            slot.times(),
            null,
            WorkerSlot.NEVER,
            false);
    assertThat(last.launched(last.budget()).incarnation()).isEqualTo(1);
  }
}
