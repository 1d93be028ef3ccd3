// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.hostler.worker.stat.WorkerStat;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Refers to one registered worker through all its lives, PostgreSQL's {@code
 * BackgroundWorkerHandle}.
 *
 * <p>It is a slot and a generation (contract R24, R25). Once the registration is gone the handle
 * never becomes valid again (H4): status is {@link HandleStatus#STOPPED} for ever, and {@link
 * #terminate()}, {@link #restart()} and {@link #signal} have no effect (H11). Anyone who holds it
 * may use it, from any thread (H13).
 *
 * <p>Waits need no subscription (H8) and always have a time-out. A wait by a worker's own thread is
 * an interrupt check of that worker (H7); by any other thread it ends with {@link
 * InterruptedException} when that thread is interrupted. The worker waited for is not touched.
 */
@ProviderType
public interface BackgroundWorkerHandle {

  /** Returns slot, generation and the incarnation of the last life begun. */
  WorkerId id();

  /** Returns the status, read at this moment (H2). */
  HandleStatus status();

  /**
   * Returns the process id: the child's for a process worker, the host's own for a thread worker;
   * empty while the worker does not run.
   */
  OptionalLong pid();

  /** Returns all that is known: state, reason, last exit, next start (H3); empty when gone. */
  Optional<WorkerStat> stat();

  /**
   * Waits until the worker is no longer {@code NOT_YET_STARTED} (H5).
   *
   * <p>Returns {@code STOPPED} for a worker that ran and ended already, that waits for a restart,
   * is parked, or is gone.
   *
   * @return the status; {@code NOT_YET_STARTED} when the time is over
   * @throws IllegalStateException when called by an activator of the preload list while preloading:
   *     no worker starts before preloading is over
   */
  HandleStatus awaitStartup(Duration timeout) throws InterruptedException;

  /**
   * Waits until the worker has said it is ready.
   *
   * @return true when it is ready; false when the time is over or the registration is gone
   * @throws IllegalStateException as {@link #awaitStartup}
   */
  boolean awaitReady(Duration timeout) throws InterruptedException;

  /**
   * Waits until this life has ended (H6). A worker that will be restarted satisfies it.
   *
   * @return {@code STOPPED}, or another status when the time is over
   * @throws IllegalStateException as {@link #awaitStartup}
   */
  HandleStatus awaitShutdown(Duration timeout) throws InterruptedException;

  /**
   * Waits until the registration is gone and its slot is free (X15).
   *
   * @return true when it is gone, false when the time is over
   */
  boolean awaitGone(Duration timeout) throws InterruptedException;

  /** Returns a stage that completes when the registration is gone; made on demand. */
  CompletionStage<Void> gone();

  /**
   * Returns a stage that completes with the status when it is no longer {@code NOT_YET_STARTED}.
   */
  CompletionStage<HandleStatus> started();

  /**
   * Asks the worker to stop and never restarts it, PostgreSQL's {@code TerminateBackgroundWorker}
   * (X10).
   *
   * <p>Returns at once; a running worker is asked through its latch, interrupted after {@code
   * worker_interrupt_delay} and abandoned after {@code worker_stop_timeout}; one that does not run
   * is unregistered now and its main is never entered (S11). A second call has no effect.
   */
  void terminate();

  /**
   * Stops the worker and starts it at once, with a fresh restart budget; skips a backoff, unparks.
   *
   * <p>Returns at once. Always allowed but during a stop of the host.
   */
  void restart();

  /**
   * Sends a request to the running life; no effect when none runs.
   *
   * @param signal what to ask
   */
  void signal(WorkerSignal signal);
}
