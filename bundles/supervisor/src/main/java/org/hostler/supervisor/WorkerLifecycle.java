// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.hostler.supervisor.Action.emit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hostler.supervisor.WorkerSlot.Cause;
import org.hostler.supervisor.WorkerSlot.LastExit;
import org.hostler.supervisor.WorkerSlot.Stopping;
import org.hostler.supervisor.WorkerSlot.Times;
import org.hostler.worker.DurationText;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a worker when something happens to it: a pure function, no clock, no thread, no
 * I/O, no framework.
 *
 * <p>The table's words: "–" leaves everything as it is. "free" ends the registration. "stop" asks
 * the life to end and starts the {@link StopLadder}. "decide" is {@link RestartDecision}. "miss" is
 * exit 1 of a life that never began: free if it is never restarted and never lived, else PARKED, to
 * be tried again after its interval; one that is parked already just gets the better "reason".
 * "look" is load without a word. "afresh" forgets its restarts and enqueues. "merge" keeps the
 * ladder going: the stronger of the two causes counts. "by cause" is what the stop was for:
 * terminated, free; restarted, afresh; drained, PARKED; signalled, decide. "back" enqueues unless
 * it was parked for its limit; "if drained": one that is still leaving what went is started afresh
 * when it has left. "down" is PARKED until its database is back, looked at again every 5 s and told
 * only when the reason changes. The first six rows are the outlooks of an attempt to launch it.
 *
 * <pre>
 *                REQUESTED  PENDING     BACKOFF  PARKED    STARTING  RUNNING  READY    STOPPING   ABANDONED
 * Available      launch     launch      launch   launch    –         –        –        –          –
 * Wait           wait       wait        wait     wait      –         –        –        –          –
 * Load           load       load        load     look      –         –        –        –          –
 * Missing        miss       miss        miss     reason    –         –        –        –          –
 * Down           down       down        down     down      –         –        –        –          –
 * Never          free       free        free     free      –         –        –        –          –
 * LibrarySought  –          enqueue     –        enqueue   –         –        –        –          –
 * Started        –          –           –        –         RUNNING   –        –        note       note
 * Ready          –          –           –        –         –         READY    –        –          –
 * Exited         –          –           –        –         decide    decide   decide   by cause   by cause
 * Terminate      free       free        free     free      stop      stop     stop     merge      merge
 * HostStops      free       free        free     free      stop      stop     stop     merge      merge
 * Restart        afresh     afresh      afresh   afresh    stop      stop     stop     merge      merge
 * Drain          –          –           PARKED   reason    stop      stop     stop     merge      merge
 * SignalTerm     –          –           –        –         stop      stop     stop     –          –
 * SignalOther    –          –           –        –         send      send     send     send       –
 * CauseGone      –          if loading  –        back      –         –        –        if drained  if drained
 * Explained      –          –           –        reason    –         –        –        –          –
 * Due            –          –           enqueue  enqueue   –         –        –        next rung  –
 * Readopted      adopt      adopt       adopt    adopt     adopt     adopt    adopt    adopt      adopt
 * </pre>
 *
 * <p>An event that names another incarnation than the slot's is stale: "–". "adopt" takes the new
 * description, which counts from the next life on. A crash ends the host as well when {@code
 * restart_after_crash} is off.
 *
 * @param interruptDelay {@code worker_interrupt_delay}
 * @param stopTimeout {@code worker_stop_timeout}
 * @param restartAfterCrash {@code restart_after_crash}
 */
record WorkerLifecycle(Duration interruptDelay, Duration stopTimeout, boolean restartAfterCrash) {
  /** Returns what becomes of the worker. */
  Step step(WorkerSlot slot, Event event, Moment now) {
    if (event instanceof Event.Attempt attempt) {
      return Attempts.attempt(slot, attempt.outlook(), now);
    } else if (event instanceof Event.LibrarySought) {
      return Attempts.librarySought(slot);
    } else if (event instanceof Event.Started started) {
      return started.incarnation() == slot.incarnation() ? started(slot, now) : Step.of(slot);
    } else if (event instanceof Event.Ready ready) {
      return ready.incarnation() == slot.incarnation() ? ready(slot, now) : Step.of(slot);
    } else if (event instanceof Event.Exited exited) {
      return exited.incarnation() == slot.incarnation() && slot.state().alive()
          ? exited(slot, exited, now)
          : Step.of(slot);
    } else if (event instanceof Event.Due) {
      return due(slot, now);
    } else if (event instanceof Event.CauseGone) {
      return causeGone(slot);
    } else if (event instanceof Event.Explained explained) {
      return explained(slot, explained.reason());
    } else if (event instanceof Event.Readopted readopted) {
      return Step.of(slot.with(readopted.worker()));
    }
    return asked(slot, event, now);
  }

  private Step asked(WorkerSlot slot, Event event, Moment now) {
    if (event instanceof Event.Terminate || event instanceof Event.HostStops) {
      return slot.state().alive() ? stop(slot, Cause.TERMINATE, null, now) : Attempts.free(slot);
    } else if (event instanceof Event.Restart) {
      return slot.state().alive()
          ? stop(slot, Cause.RESTART, null, now)
          : Attempts.startAfresh(slot);
    } else if (event instanceof Event.Signal signal) {
      return signal(slot, signal.signal(), now);
    } else if (event instanceof Event.Drain drain) {
      return drain(slot, drain.reason(), now);
    }
    throw new IllegalStateException("no row for " + event);
  }

  // ---- starting

  private static Step started(WorkerSlot slot, Moment now) {
    boolean starting = slot.state() == WorkerState.STARTING;
    if (!starting && slot.stopping() == null) {
      return Step.of(slot);
    }
    Times times = new Times(slot.times().registered(), now.millis(), 0, now.nanos());
    WorkerState next = starting ? WorkerState.RUNNING : slot.state();
    return Step.of(slot.with(next, times), emit(Kind.STARTED, ""));
  }

  private static Step ready(WorkerSlot slot, Moment now) {
    if (slot.state() != WorkerState.RUNNING) {
      return Step.of(slot);
    }
    Times old = slot.times();
    Times times = new Times(old.registered(), old.started(), now.millis(), old.startedNanos());
    return Step.of(slot.with(WorkerState.READY, times), emit(Kind.READY, ""));
  }

  // ---- ending

  private Step exited(WorkerSlot slot, Event.Exited event, Moment now) {
    ExitStatus exit = Exits.during(event.ending().statement(), event.status());
    boolean crashed = exit instanceof ExitStatus.Crashed;
    WorkerSlot ended = slot.with(new LastExit(exit, now.millis()));
    Action told = new Action.Emit(crashed ? Kind.CRASHED : Kind.EXITED, exit, exit.cause());
    List<Action> actions = new ArrayList<>(4);
    actions.add(told);
    Step next = afterExit(ended, event, now);
    for (Action action : next.actions()) {
      if (action instanceof Action.Free) {
        actions.add(0, action); // before anybody is told, so that the told may reuse it (X15)
      } else {
        actions.add(action);
      }
    }
    if (crashed && !restartAfterCrash) {
      actions.add(new Action.EndHost(exit)); // C10
    }
    return new Step(next.slot(), actions);
  }

  private static Step afterExit(WorkerSlot slot, Event.Exited event, Moment now) {
    Stopping stopping = slot.stopping();
    Cause cause = stopping == null ? Cause.SIGNAL : stopping.cause();
    return switch (cause) {
      case TERMINATE -> Attempts.free(slot);
      case RESTART -> Attempts.startAfresh(slot.to(WorkerState.PENDING, null, WorkerSlot.NEVER));
      case DRAIN -> {
        WorkerReason reason = stopping == null ? null : stopping.parkAs();
        yield Step.of(
            slot.to(WorkerState.PARKED, reason, Attempts.lookAgain(reason, now)),
            emit(Kind.PARKED, String.valueOf(reason)));
      }
      case SIGNAL -> byPolicy(slot, event, now);
    };
  }

  private static Step byPolicy(WorkerSlot slot, Event.Exited event, Moment now) {
    Verdict verdict = RestartDecision.decide(slot, event, now.nanos());
    if (verdict instanceof Verdict.RestartAt restart) {
      long delay = restart.at() - now.nanos();
      WorkerSlot waiting = slot.with(restart.budget());
      String detail = "restart in " + DurationText.format(Duration.ofMillis(delay / 1_000_000));
      return delay <= 0
          ? Step.of(
              waiting.to(WorkerState.BACKOFF, null, WorkerSlot.NEVER),
              emit(Kind.BACKOFF, "restart at once"),
              new Action.Enqueue())
          : Step.of(
              waiting.to(WorkerState.BACKOFF, null, restart.at()), emit(Kind.BACKOFF, detail));
    } else if (verdict instanceof Verdict.GiveUp giveUp) {
      WorkerReason reason = new WorkerReason(Code.LIMIT_REACHED, giveUp.words());
      return Step.of(
          slot.to(WorkerState.PARKED, reason, WorkerSlot.NEVER),
          emit(Kind.PARKED, reason.toString()));
    } else if (verdict instanceof Verdict.DatabaseDown down) {
      WorkerReason reason = new WorkerReason(Code.DATABASE_DOWN, down.words());
      WorkerSlot excused = slot.with(slot.budget().excused());
      return Step.of(
          excused.to(WorkerState.PARKED, reason, Attempts.lookAgain(reason, now)),
          emit(Kind.PARKED, reason.toString()));
    }
    return Attempts.free(slot);
  }

  // ---- asking to end

  private Step stop(WorkerSlot slot, Cause cause, @Nullable WorkerReason parkAs, Moment now) {
    return ladder().stop(slot, cause, parkAs, now);
  }

  private StopLadder ladder() {
    return new StopLadder(interruptDelay, stopTimeout);
  }

  private Step signal(WorkerSlot slot, WorkerSignal signal, Moment now) {
    if (!slot.state().alive() || slot.state() == WorkerState.ABANDONED) {
      return Step.of(slot);
    }
    if (signal == WorkerSignal.TERM) {
      return slot.stopping() == null ? stop(slot, Cause.SIGNAL, null, now) : Step.of(slot);
    }
    return Step.of(slot, new Action.Send(signal));
  }

  private Step drain(WorkerSlot slot, WorkerReason reason, Moment now) {
    return switch (slot.state()) {
      case REQUESTED, PENDING -> Step.of(slot); // its next attempt finds out
      case BACKOFF ->
          Step.of(
              slot.with(slot.budget().excused()).to(WorkerState.PARKED, reason, WorkerSlot.NEVER),
              emit(Kind.PARKED, reason.toString()));
      case PARKED -> explained(slot, reason);
      default -> stop(slot, Cause.DRAIN, reason, now);
    };
  }

  // ---- waiting

  private static Step causeGone(WorkerSlot slot) {
    WorkerReason reason = slot.reason();
    Stopping stopping = slot.stopping();
    if (stopping != null && stopping.cause() == Cause.DRAIN) {
      Stopping after = new Stopping(Cause.RESTART, null, stopping.since());
      return Step.of(slot.stopping(after, slot.state(), slot.deadline()));
    } else if (reason == null) {
      return Step.of(slot);
    }
    boolean parked = slot.state() == WorkerState.PARKED && reason.code() != Code.LIMIT_REACHED;
    boolean waits = reason.code() == Code.LOADING || parked;
    return waits ? Step.of(slot, new Action.Enqueue()) : Step.of(slot);
  }

  private static Step explained(WorkerSlot slot, WorkerReason reason) {
    WorkerReason old = slot.reason();
    if (slot.state() != WorkerState.PARKED
        || old == null
        || old.code() == Code.LIMIT_REACHED
        || old.equals(reason)) {
      return Step.of(slot);
    }
    return Step.of(
        slot.to(WorkerState.PARKED, reason, slot.deadline()), emit(Kind.PARKED, reason.toString()));
  }

  private Step due(WorkerSlot slot, Moment now) {
    return switch (slot.state()) {
      case BACKOFF, PARKED -> Step.of(slot.due(WorkerSlot.NEVER), new Action.Enqueue());
      case STOPPING -> ladder().nextRung(slot, now);
      default -> Step.of(slot.due(WorkerSlot.NEVER));
    };
  }
}
