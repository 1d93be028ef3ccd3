// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofSeconds;

import java.time.Duration;
import org.hostler.supervisor.WorkerSlot.Cause;
import org.hostler.supervisor.WorkerSlot.Origin;
import org.hostler.supervisor.WorkerSlot.Stopping;
import org.hostler.supervisor.WorkerSlot.Times;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;

/** Workers in any state, for tests of the pure functions. */
final class Slots {
  static final Duration INTERRUPT_DELAY = ofSeconds(1);
  static final Duration STOP_TIMEOUT = ofSeconds(10);
  static final WorkerReason STOPPED = new WorkerReason(Code.BUNDLE_STOPPED, "it was stopped");
  static final WorkerReason MISSING = new WorkerReason(Code.BUNDLE_MISSING, "it is missing");
  static final WorkerReason QUOTA = new WorkerReason(Code.QUOTA, "it has enough");
  static final WorkerReason PHASE = new WorkerReason(Code.PHASE, "too early");
  static final WorkerReason DOWN = new WorkerReason(Code.DATABASE_DOWN, "connection refused");
  static final WorkerReason LIMIT = new WorkerReason(Code.LIMIT_REACHED, "too often");

  /** When the tests' events happen; lives began {@value #AGE} s before. */
  static final Moment NOW = new Moment(1_000_000_000_000L, 1_700_000_000_000L);

  static final long AGE = 100;

  private Slots() {}

  static WorkerLifecycle lifecycle() {
    return new WorkerLifecycle(INTERRUPT_DELAY, STOP_TIMEOUT, true);
  }

  static BackgroundWorker worker(RestartPolicy restart) {
    return BackgroundWorker.builder("w")
        .library("org.acme.jobs")
        .function("f")
        .restart(restart)
        .build();
  }

  /** A worker that has just been registered. */
  static WorkerSlot requested(RestartPolicy restart) {
    Moment then = new Moment(0, NOW.millis() - 2 * AGE * 1_000);
    return WorkerSlot.requested(3, 17, worker(restart), Origin.DYNAMIC, then);
  }

  /** A worker in its first life. */
  static WorkerSlot running(RestartPolicy restart) {
    WorkerSlot starting = requested(restart).launched(Budget.FRESH);
    long age = ofSeconds(AGE).toNanos();
    Times times =
        new Times(starting.times().registered(), NOW.millis() - AGE * 1_000, 0, NOW.nanos() - age);
    return starting.with(WorkerState.RUNNING, times);
  }

  /** A worker in a state; a stopping one was asked 2 s ago, for good. */
  static WorkerSlot in(WorkerState state, RestartPolicy restart) {
    return switch (state) {
      case REQUESTED -> requested(restart);
      case PENDING -> requested(restart).to(WorkerState.PENDING, QUOTA, WorkerSlot.NEVER);
      case STARTING -> requested(restart).launched(Budget.FRESH);
      case RUNNING -> running(restart);
      case READY -> running(restart).with(WorkerState.READY, running(restart).times());
      case BACKOFF -> running(restart).to(WorkerState.BACKOFF, null, NOW.nanos());
      case PARKED -> running(restart).to(WorkerState.PARKED, MISSING, NOW.nanos());
      case STOPPING, ABANDONED -> asked(state, Cause.TERMINATE, restart);
    };
  }

  static WorkerSlot stopping(Cause cause, RestartPolicy restart) {
    return asked(WorkerState.STOPPING, cause, restart);
  }

  private static WorkerSlot asked(WorkerState state, Cause cause, RestartPolicy restart) {
    Stopping stop =
        new Stopping(
            cause, cause == Cause.DRAIN ? STOPPED : null, NOW.nanos() - ofSeconds(2).toNanos());
    long due = state == WorkerState.STOPPING ? NOW.nanos() : WorkerSlot.NEVER;
    return running(restart).stopping(stop, state, due);
  }
}
