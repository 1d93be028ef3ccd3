// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What happens when a life of a worker ends with a status other than 0, PostgreSQL's {@code
 * bgw_restart_time} and what it lacks.
 *
 * <ul>
 *   <li>{@link #never()}: the worker is unregistered (contract X3).
 *   <li>{@link #after(Duration)}: started again when the interval is over, for ever (X7, X8).
 *   <li>{@link #backoff(Duration, Duration)}: the i-th delay is {@code min(max, min ·
 *       factor^(i−1))}, then up to {@code jitter} of it is added at random.
 * </ul>
 *
 * <p>{@link #limit(int, Duration)} may follow either of the last two: at most n restarts in any
 * window; the exit that would need one more parks the worker. {@link #healthy(Duration)}: a life of
 * at least that length resets delay and count. Status 0 always unregisters, whatever the policy
 * (X2), and a person may always restart a worker.
 *
 * <p>{@link #parse(String)} reads what users type and {@link #toString()} writes it.
 */
public sealed interface RestartPolicy permits RestartPolicy.Never, RestartPolicy.Delayed {

  /** The longest interval, PostgreSQL's 86,400,000 seconds (R7). */
  Duration LONGEST = Duration.ofSeconds(86_400_000);

  /** PostgreSQL's {@code BGW_DEFAULT_RESTART_INTERVAL}. */
  Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

  /** No restart, PostgreSQL's {@code BGW_NEVER_RESTART}. */
  record Never() implements RestartPolicy {
    private static final Never ONLY = new Never();

    @Override
    public String toString() {
      return "never";
    }
  }

  /**
   * At most {@code restarts} in any {@code window}.
   *
   * @param restarts at least 1, at most 1,000
   * @param window longer than 0
   */
  record Limit(int restarts, Duration window) {
    /** Checks the ranges. */
    public Limit {
      if (restarts < 1 || restarts > 1_000) {
        throw new IllegalArgumentException(
            "restart limit %d: must be between 1 and 1000".formatted(restarts));
      }
      if (window.isZero() || window.isNegative() || window.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "restart limit window %s: must be longer than 0 and at most 86400000s"
                .formatted(window));
      }
    }
  }

  /**
   * A restart after a delay.
   *
   * @param min the first delay, 0 to 86,400,000 s
   * @param max the longest delay, at least {@code min}; equal to it for a constant interval
   * @param factor by what the delay grows, at least 1
   * @param jitter the share of the delay that is added at random at most, 0 to 1
   * @param healthy a life of at least this length resets delay and count; empty: nothing does
   * @param limit when to give up; empty: never
   */
  record Delayed(
      Duration min,
      Duration max,
      double factor,
      double jitter,
      Optional<Duration> healthy,
      Optional<Limit> limit)
      implements RestartPolicy {

    /** Checks the ranges (R7). */
    public Delayed {
      checkInterval(min);
      checkInterval(max);
      Objects.requireNonNull(healthy, "healthy");
      Objects.requireNonNull(limit, "limit");
      if (max.compareTo(min) < 0) {
        throw new IllegalArgumentException(
            "restart backoff %s..%s: the second delay is shorter than the first"
                .formatted(DurationText.format(min), DurationText.format(max)));
      }
      if (!(factor >= 1 && factor <= 1_000)) {
        throw new IllegalArgumentException(
            "restart factor %s: must be between 1 and 1000".formatted(factor));
      }
      if (!(jitter >= 0 && jitter <= 1)) {
        throw new IllegalArgumentException(
            "restart jitter %s: must be between 0 and 1".formatted(jitter));
      }
      if (healthy.isPresent() && (healthy.get().isNegative() || healthy.get().isZero())) {
        throw new IllegalArgumentException("restart healthy time: must be longer than 0");
      }
    }

    /**
     * Returns the delay before a restart, without jitter.
     *
     * @param restart the number of the restart since the last reset, from 1 on
     * @return {@code min(max, min · factor^(restart−1))}
     */
    public Duration delay(int restart) {
      if (min.equals(max) || min.isZero()) {
        return min;
      }
      double grown = nanos(min) * Math.pow(factor, restart - 1.0);
      return grown >= nanos(max) ? max : Duration.ofNanos((long) grown);
    }

    private static double nanos(Duration duration) {
      return duration.getSeconds() * 1e9 + duration.getNano();
    }

    private static void checkInterval(Duration interval) {
      if (interval.isNegative() || interval.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "restart interval %s: must be between 0 and 86400000 seconds, or never"
                .formatted(
                    interval.isNegative()
                        ? interval.toSeconds() + "s"
                        : DurationText.format(interval)));
      }
    }

    @Override
    public String toString() {
      return RestartText.format(this);
    }
  }

  /** Never restarts: any exit unregisters the worker. */
  static RestartPolicy never() {
    return Never.ONLY;
  }

  /**
   * Restarts after a constant interval, for ever.
   *
   * @param interval 0 (at once) to 86,400,000 s
   * @throws IllegalArgumentException when it is out of range (R7)
   */
  static RestartPolicy after(Duration interval) {
    return new Delayed(interval, interval, 1, 0, Optional.empty(), Optional.empty());
  }

  /**
   * Restarts after a delay that doubles from {@code min} up to {@code max}.
   *
   * @throws IllegalArgumentException when a delay is out of range or the second is the shorter
   */
  static RestartPolicy backoff(Duration min, Duration max) {
    return new Delayed(min, max, 2, 0, Optional.empty(), Optional.empty());
  }

  /**
   * Returns this policy with another growth.
   *
   * @param factor at least 1
   * @throws IllegalArgumentException when it is out of range, or the policy is never
   */
  default RestartPolicy factor(double factor) {
    Delayed d = delayed("factor");
    return new Delayed(d.min, d.max, factor, d.jitter, d.healthy, d.limit);
  }

  /**
   * Returns this policy with a random share added to each delay.
   *
   * @param jitter 0 to 1
   * @throws IllegalArgumentException when it is out of range, or the policy is never
   */
  default RestartPolicy jitter(double jitter) {
    Delayed d = delayed("jitter");
    return new Delayed(d.min, d.max, d.factor, jitter, d.healthy, d.limit);
  }

  /**
   * Returns this policy, reset by a life of at least this length.
   *
   * @param run longer than 0
   * @throws IllegalArgumentException when it is not longer than 0, or the policy is never
   */
  default RestartPolicy healthy(Duration run) {
    Delayed d = delayed("healthy");
    return new Delayed(d.min, d.max, d.factor, d.jitter, Optional.of(run), d.limit);
  }

  /**
   * Returns this policy with a limit.
   *
   * @param restarts at most this many restarts, 1 to 1,000
   * @param window in any window of this length
   * @throws IllegalArgumentException when a number is out of range, or the policy is never
   */
  default RestartPolicy limit(int restarts, Duration window) {
    Delayed d = delayed("limit");
    return new Delayed(
        d.min, d.max, d.factor, d.jitter, d.healthy, Optional.of(new Limit(restarts, window)));
  }

  /**
   * Reads what users type: {@code never} or {@code -1}, a duration, {@code backoff:MIN..MAX} or
   * {@code backoff(MIN,MAX)}; then any of {@code ,factor=F ,jitter=J ,healthy=D ,limit=N/W}.
   *
   * @param text what was typed
   * @return the policy
   * @throws IllegalArgumentException when it is none; the message names the text and what is wrong
   */
  static RestartPolicy parse(String text) {
    return RestartText.parse(text);
  }

  private Delayed delayed(String what) {
    if (this instanceof Delayed d) {
      return d;
    }
    throw new IllegalArgumentException("restart never: takes no " + what);
  }
}
