// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a worker sleeps on, PostgreSQL's {@code Latch} (contract L8–L11).
 *
 * <p>It is set by the host at every request to the worker, and by anybody who has work for it.
 * Setting is sticky and idempotent: several sets are one wake-up, and a set before the wait ends
 * the wait at once. The one correct loop is
 *
 * <pre>{@code
 * for (;;) {
 *   context.latch().reset();          // before looking for work, or a wake-up is lost
 *   context.checkForInterrupts();     // throws when asked to terminate
 *   work();
 *   context.latch().await(NAP);       // not Thread.sleep: a latch wakes on every request
 * }
 * }</pre>
 *
 * <p>Looking for work between {@code await} and {@code reset} loses wake-ups.
 */
@ProviderType
public interface Latch {

  /**
   * Sets the latch and wakes its owner. From any thread. What was written before is seen by the
   * owner after its next {@link #reset()} (L10). Has no effect when the worker's life is over.
   */
  void set();

  /**
   * Resets the latch.
   *
   * @throws IllegalMonitorStateException when called by another thread than the worker's (L8)
   */
  void reset();

  /**
   * Waits until the latch is set, however long that takes: PostgreSQL's {@code WaitLatch} without
   * {@code WL_TIMEOUT}. Every request of the host sets the latch. It may return spuriously (L11),
   * as {@link #await(Duration)} may, and throws and acts on nothing either.
   *
   * @throws IllegalMonitorStateException when called by another thread than the worker's (L8)
   */
  void await();

  /**
   * Waits until the latch is set or the time is over.
   *
   * <p>It throws nothing and acts on nothing, as PostgreSQL's {@code WaitLatch}; look for requests
   * with {@link WorkerContext#checkForInterrupts()} afterwards. An interrupt of the thread counts
   * as setting the latch and is consumed. It may return true spuriously (L11).
   *
   * @param timeout how long to wait at most; zero or negative looks without waiting
   * @return true when the latch is set, false when the time is over
   * @throws IllegalMonitorStateException when called by another thread than the worker's (L8)
   */
  boolean await(Duration timeout);
}
