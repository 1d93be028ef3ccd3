// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Registers background workers; the service of the host that extensions call.
 *
 * <p>It knows the bundle that got it. All methods may be called from any thread and, but for {@link
 * #registerOrAwait}, return at once. After the host has begun to stop every registration is refused
 * with {@code STOPPING}; the other methods keep working on what is left.
 */
@ProviderType
public interface BackgroundWorkers {

  /**
   * Tells whether the host is working off its preload list, PostgreSQL's {@code
   * process_shared_preload_libraries_in_progress} (G7).
   */
  boolean isPreloading();

  /**
   * Registers a static worker, PostgreSQL's {@code RegisterBackgroundWorker}.
   *
   * <p>Accepted while the preload list is worked off, from a bundle of that list (R1, R11–R15).
   * From anybody else or later it is refused, and nothing else happens: the bundle starts (R12). A
   * bundle that is started again (update, refresh, stop and start) and registers a worker of the
   * same name as before re-adopts it: same slot, the new description, next incarnation.
   *
   * @param worker the worker
   * @return the handle, or why not; never throws for the state of the host
   */
  StaticRegistration register(BackgroundWorker worker);

  /**
   * Registers a dynamic worker, PostgreSQL's {@code RegisterDynamicBackgroundWorker} (R1, R18–R27).
   *
   * <p>It is launched as soon as the phase allows, usually before this method returns. It belongs
   * to nobody: it stays when the caller ends (R27), but not beyond the end of the host (R29).
   *
   * @param worker the worker
   * @return its handle
   * @throws RegistrationRefused when no slot is free, the host is preloading or stopping, the
   *     library's cap is reached, or what the worker needs is not offered by this host
   */
  BackgroundWorkerHandle registerDynamic(BackgroundWorker worker);

  /**
   * Registers a dynamic worker, waiting for a free slot, the end of preloading or the library's
   * cap.
   *
   * @param worker the worker
   * @param timeout how long to wait at most
   * @return its handle
   * @throws RegistrationRefused when the time is over, or waiting could not help
   * @throws InterruptedException when the thread was interrupted; nothing was registered
   */
  BackgroundWorkerHandle registerOrAwait(BackgroundWorker worker, Duration timeout)
      throws InterruptedException;

  /**
   * Finds workers by name.
   *
   * @param name the exact name
   * @return the handles of all workers of that name, by slot; empty when there is none
   */
  List<BackgroundWorkerHandle> find(String name);

  /**
   * Finds a worker by id; the incarnation is not looked at.
   *
   * @param id slot and generation
   * @return its handle; empty when that registration is gone
   */
  Optional<BackgroundWorkerHandle> find(WorkerId id);
}
