// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import org.hostler.worker.stat.HostStat;
import org.osgi.framework.Bundle;

/**
 * What the preload list tells the core while it is worked off (contract G4–G7). All methods but
 * those that wait return at once; all are called from the preload's thread.
 */
interface PreloadListener {

  /**
   * This bundle is about to be started: from now on its activator may register static workers.
   *
   * @param bundle a bundle of the list
   */
  void preloading(Bundle bundle);

  /**
   * This bundle's start has returned.
   *
   * @param bundle a bundle of the list
   */
  void preloaded(Bundle bundle);

  /** The list is worked off: no static registration any more, and workers are launched. */
  void seal();

  /**
   * The host itself has come so far; its default database may hold it back.
   *
   * @param phase what may be started from now on as far as the host is concerned
   */
  void phase(HostStat.Phase phase);

  /**
   * Waits until the default database, if it decides the phase, has answered or could not be
   * reached, so that a host whose database is up does not call itself ready before its workers are.
   *
   * @param timeout how long at most
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  void awaitDatabase(Duration timeout) throws InterruptedException;

  /**
   * Waits until every static worker whose start time has come was launched once, whether it then
   * runs, failed or is parked.
   *
   * @param timeout how long at most
   * @return whether that is so now
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  boolean awaitSettled(Duration timeout) throws InterruptedException;
}
