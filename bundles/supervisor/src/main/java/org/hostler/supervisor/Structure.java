// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes which bundles there are and how they are wired, one change at a time.
 *
 * <p>Felix has a lock for each bundle and one for the whole; who holds the whole and wants a bundle
 * interrupts its holder when that one waits for the whole, whose call then fails. A refresh holds
 * the whole while it stops bundles, so two jars removed together would do that to each other. Hence
 * the lock here, bundles stopped before it is taken and resolved before they are started; and where
 * somebody else, such as a person at a shell, gets in the way, the call is made again.
 *
 * <p>The methods block as long as workers take to stop, so they are called from {@link BundleWork}.
 */
final class Structure {
  private static final Logger LOG = LoggerFactory.getLogger(Structure.class);
  private static final int TRIES = 100;
  private static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(20);

  private final FrameworkWiring wiring;
  private final Refresh refresh;
  private final ReentrantLock lock = new ReentrantLock(true);

  /** One change of one bundle. */
  @FunctionalInterface
  interface Change {
    /** Makes it. */
    void make() throws BundleException, IOException;
  }

  /**
   * Makes one; there should be one for the framework.
   *
   * @param context the supervisor's
   */
  Structure(BundleContext context) {
    this.wiring = context.getBundle(0).adapt(FrameworkWiring.class);
    this.refresh = new Refresh(context);
  }

  /**
   * Starts a bundle.
   *
   * @param options as for {@link Bundle#start(int)}
   */
  void start(Bundle bundle, int options) throws BundleException, IOException {
    if (bundle.getState() == Bundle.INSTALLED) {
      lock.lock();
      try {
        wiring.resolveBundles(List.of(bundle));
      } finally {
        lock.unlock();
      }
    }
    insist(() -> bundle.start(options));
  }

  /**
   * Stops a bundle and changes its revision.
   *
   * @param update does that, to a bundle that is not active
   * @return the bundles that were active and cannot be resolved any more
   */
  List<Bundle> update(Bundle bundle, Change update)
      throws BundleException, IOException, InterruptedException {
    bundle.stop(Bundle.STOP_TRANSIENT);
    lock.lock();
    try {
      insist(update);
      return refresh.usersOf(bundle);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops and uninstalls a bundle.
   *
   * @return the bundles that were active and cannot be resolved any more
   */
  List<Bundle> uninstall(Bundle bundle) throws BundleException, IOException, InterruptedException {
    try {
      bundle.stop(Bundle.STOP_TRANSIENT);
    } catch (BundleException e) {
      LOG.warn("bundle {}: its activator failed to stop", bundle, e);
    }
    lock.lock();
    try {
      insist(
          () -> {
            if (bundle.getState() != Bundle.UNINSTALLED) {
              bundle.uninstall();
            }
          });
      return refresh.usersOf(bundle);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Attaches a fragment to its host.
   *
   * @return the bundles that were active and cannot be resolved any more
   */
  List<Bundle> attach(Bundle fragment) throws InterruptedException {
    lock.lock();
    try {
      return refresh.attach(fragment);
    } finally {
      lock.unlock();
    }
  }

  private static void insist(Change change) throws BundleException, IOException {
    for (int tries = 1; ; tries++) {
      try {
        change.make();
        return;
      } catch (BundleException | IllegalStateException e) {
        if (tries == TRIES || !lockLost(e)) {
          throw e;
        }
        LOG.debug("the framework is busy; try {}", tries, e);
        LockSupport.parkNanos(BETWEEN_TRIES);
      }
    }
  }

  /** Felix says it in words only. */
  private static boolean lockLost(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("acquire") && message.contains("lock");
  }
}
