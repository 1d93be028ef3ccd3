// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hostler.worker.DurationText;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RestartPolicy.Delayed;
import org.hostler.worker.RestartPolicy.Limit;

/**
 * The rule by which a worker is started again, and the only place that decides it (contract A3, A4,
 * X2, X3, X7, X8).
 *
 * <p>Status 0 ends the registration whatever the policy. Else {@code never} ends it; a policy with
 * a delay starts the worker again at the exit plus the delay, inclusive, on monotonic time. A
 * healthy life resets delay and count first; a limit that is used up parks the worker. A life that
 * ended because its database is down waits for that instead, and uses up nothing.
 */
final class RestartDecision {
  private RestartDecision() {}

  /**
   * Decides.
   *
   * @param slot the worker whose life ended
   * @param exited how it ended; its chance is the share of the jitter that is taken
   * @param now when it ended, monotonic
   */
  static Verdict decide(WorkerSlot slot, Event.Exited exited, long now) {
    if (exited.status() instanceof ExitStatus.Done
        || !(slot.worker().restart() instanceof Delayed policy)) {
      return Verdict.FORGET; // also when its database is down: failed is failed (X3)
    } else if (!exited.ending().databaseDown().isEmpty()) {
      return new Verdict.DatabaseDown(exited.ending().databaseDown());
    }
    Budget spent = wasHealthy(slot, policy, now) ? Budget.FRESH : slot.budget();
    int restart = spent.inRow() == Integer.MAX_VALUE ? spent.inRow() : spent.inRow() + 1;
    long delay = policy.delay(restart).toNanos();
    long due = now + delay + (long) (delay * policy.jitter() * exited.chance());
    Limit limit = policy.limit().orElse(null);
    if (limit == null) {
      return new Verdict.RestartAt(due, new Budget(restart, Budget.FRESH.recent(), false));
    }
    long window = limit.window().toNanos();
    long[] recent = after(now - window, spent.recent());
    return after(due - window, recent).length >= limit.restarts()
        ? new Verdict.GiveUp(words(limit))
        : new Verdict.RestartAt(due, new Budget(restart, recent, true));
  }

  /** Returns the delays of the next restarts without jitter, as {@code bgw:explain} shows them. */
  static List<Duration> next(WorkerSlot slot, int count) {
    if (!(slot.worker().restart() instanceof Delayed policy)) {
      return List.of();
    }
    int from = slot.budget().inRow() + 1;
    return IntStream.range(from, from + count).mapToObj(policy::delay).toList();
  }

  private static boolean wasHealthy(WorkerSlot slot, Delayed policy, long now) {
    Optional<Duration> healthy = policy.healthy();
    return healthy.isPresent() && now - slot.times().startedNanos() >= healthy.get().toNanos();
  }

  private static long[] after(long time, long[] restarts) {
    return Arrays.stream(restarts).filter(at -> at > time).toArray();
  }

  private static String words(Limit limit) {
    return "it failed again after %d restarts within %s"
        .formatted(limit.restarts(), DurationText.format(limit.window()));
  }
}
