// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A worker's function: what runs in a background worker, PostgreSQL's {@code bgw_function_name}.
 *
 * <p>A bundle offers it as a service with the property {@code worker.function}; the bundle's
 * symbolic name and that property are the {@code library} and {@code function} of a registration.
 *
 * <pre>{@code
 * public void run(WorkerContext context) throws Exception {
 *   for (;;) {
 *     context.latch().reset();        // before looking for work, or a wake-up is lost
 *     context.checkForInterrupts();   // throws when asked to terminate: the loop needs no flag
 *     doSomeWork();
 *     context.latch().await(Duration.ofSeconds(10));
 *   }
 * }
 * }</pre>
 *
 * <p>A service of scope {@code SINGLETON} is one object for all lives and all workers of that
 * function, so it keeps its state in the locals of {@code run}. {@code PROTOTYPE} gives every life
 * an object of its own and is for up to about a thousand lives at once.
 */
@ConsumerType
@FunctionalInterface
public interface WorkerMain {

  /**
   * Runs one life of the worker on a thread of its own.
   *
   * <p>Returning is exit status 0: the worker is done and is unregistered, whatever its restart
   * policy (contract X1, X2). Any {@link Throwable} that leaves this method is exit status 1 (X3,
   * X4); {@link WorkerExit#with(int)} chooses another.
   *
   * <p>Do not install, refresh or stop bundles from here while your own bundle is being refreshed:
   * the framework has no lock time-outs and the call blocks until this worker's stop deadline ends.
   *
   * @param context the worker's view of the host; valid for this life only, and most of it for this
   *     thread only
   * @throws Exception anything: it ends this life with status 1
   */
  void run(WorkerContext context) throws Exception;
}
