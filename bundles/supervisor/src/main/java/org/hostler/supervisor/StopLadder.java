// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.hostler.supervisor.Action.emit;

import java.time.Duration;
import org.hostler.supervisor.WorkerSlot.Cause;
import org.hostler.supervisor.WorkerSlot.Stopping;
import org.hostler.worker.DurationText;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * How one life is asked to end: {@code TERM} at once, its thread interrupted again and again, and
 * left to itself in the end. A part of {@link WorkerLifecycle}, pure as that.
 *
 * @param interruptDelay {@code worker_interrupt_delay}: until the first interrupt, and between two
 * @param stopTimeout {@code worker_stop_timeout}: until it is abandoned
 */
record StopLadder(Duration interruptDelay, Duration stopTimeout) {
  /** The shortest time between two interrupts. */
  private static final long SHORTEST_RUNG = Duration.ofMillis(10).toNanos();

  /** Begins; or, for a life that was asked before, changes what becomes of it afterwards. */
  Step stop(WorkerSlot slot, Cause cause, @Nullable WorkerReason parkAs, Moment now) {
    Stopping old = slot.stopping();
    if (old != null) {
      // Asked already: no second TERM (X10). A stronger cause replaces a weaker one.
      boolean stronger = cause.compareTo(old.cause()) >= 0;
      Stopping merged = new Stopping(cause, parkAs, old.since());
      return Step.of(stronger ? slot.stopping(merged, slot.state(), slot.deadline()) : slot);
    }
    long first = now.nanos() + Math.min(interruptDelay.toNanos(), stopTimeout.toNanos());
    return Step.of(
        slot.stopping(new Stopping(cause, parkAs, now.nanos()), WorkerState.STOPPING, first),
        new Action.Send(WorkerSignal.TERM),
        emit(Kind.TERMINATING, words(cause, parkAs)));
  }

  private static String words(Cause cause, @Nullable WorkerReason parkAs) {
    return switch (cause) {
      case SIGNAL -> "by signal TERM";
      case RESTART -> "to be restarted";
      case DRAIN -> String.valueOf(parkAs);
      case TERMINATE -> "for good";
    };
  }

  /** Goes on, a deadline later. */
  Step nextRung(WorkerSlot slot, Moment now) {
    Stopping stopping = slot.stopping();
    long since = stopping == null ? now.nanos() : stopping.since();
    long end = since + stopTimeout.toNanos();
    if (now.nanos() >= end && stopping != null) {
      return Step.of(
          slot.stopping(stopping, WorkerState.ABANDONED, WorkerSlot.NEVER),
          new Action.Interrupt(),
          new Action.Abandon(),
          emit(
              Kind.ABANDONED,
              "it ignored every request for "
                  + DurationText.format(Duration.ofMillis(stopTimeout.toMillis()))));
    }
    long rung = Math.max(SHORTEST_RUNG, interruptDelay.toNanos());
    return Step.of(slot.due(Math.min(now.nanos() + rung, end)), new Action.Interrupt());
  }
}
