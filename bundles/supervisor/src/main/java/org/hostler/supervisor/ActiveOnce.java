// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Which bundles have been active since they were installed. One of these that is not active now was
 * stopped by somebody, and is never started without being asked to; one that lost what it needs, or
 * whose new version failed, is {@linkplain #forget forgotten}, for nobody stopped it.
 */
final class ActiveOnce implements SynchronousBundleListener {
  private final Set<Long> bundles = ConcurrentHashMap.newKeySet();

  /** Looks at what is active already, and listens from now on. */
  void open(BundleContext context) {
    context.addBundleListener(this);
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() == Bundle.ACTIVE) {
        bundles.add(bundle.getBundleId());
      }
    }
  }

  /** Whether somebody stopped this bundle. */
  boolean stopped(Bundle bundle) {
    return bundle.getState() != Bundle.ACTIVE
        && bundle.getState() != Bundle.STARTING
        && bundles.contains(bundle.getBundleId());
  }

  /** Takes a bundle for one that never was active. */
  void forget(Bundle bundle) {
    bundles.remove(bundle.getBundleId());
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.STARTED) {
      bundles.add(event.getBundle().getBundleId());
    } else if (event.getType() == BundleEvent.UNINSTALLED) {
      forget(event.getBundle());
    }
  }
}
