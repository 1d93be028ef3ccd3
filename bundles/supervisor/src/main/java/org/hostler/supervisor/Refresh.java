// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Re-wires what a change of one bundle affects, and nothing else (fault F25): whoever is wired to
 * the revision that goes is stopped and started again, everybody else does not notice.
 *
 * <p>The methods block until the framework is done, which includes stopping workers, so they are
 * called from {@link BundleWork}.
 */
final class Refresh {
  private final BundleContext context;
  private final FrameworkWiring wiring;

  /**
   * Makes one.
   *
   * @param context the supervisor's
   */
  Refresh(BundleContext context) {
    this.context = context;
    this.wiring = context.getBundle(0).adapt(FrameworkWiring.class);
  }

  /**
   * Re-wires the users of a bundle that was updated or uninstalled, if it has any.
   *
   * @return the bundles that were active and cannot be resolved any more
   */
  List<Bundle> usersOf(Bundle bundle) throws InterruptedException {
    return wiring.getRemovalPendingBundles().contains(bundle)
        ? refresh(List.of(bundle))
        : List.of();
  }

  /**
   * Attaches a fragment, re-wiring its host if that was resolved without it.
   *
   * @return the bundles that were active and cannot be resolved any more
   */
  List<Bundle> attach(Bundle fragment) throws InterruptedException {
    return wiring.resolveBundles(List.of(fragment)) ? List.of() : refresh(hosts(fragment));
  }

  private List<Bundle> hosts(Bundle fragment) {
    BundleRevision revision = fragment.adapt(BundleRevision.class);
    return List.of(context.getBundles()).stream()
        .filter(bundle -> bundle.getBundleId() != 0)
        .filter(bundle -> hosts(bundle, revision))
        .toList();
  }

  private static boolean hosts(Bundle bundle, BundleRevision fragment) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null
        && bundle.getState() != Bundle.INSTALLED
        && revision.getDeclaredCapabilities(HostNamespace.HOST_NAMESPACE).stream()
            .anyMatch(
                host -> {
                  List<BundleRequirement> wanted =
                      fragment.getDeclaredRequirements(HostNamespace.HOST_NAMESPACE);
                  return wanted.stream().anyMatch(requirement -> requirement.matches(host));
                });
  }

  private List<Bundle> refresh(Collection<Bundle> bundles) throws InterruptedException {
    if (bundles.isEmpty()) {
      // An empty list would mean everything to the framework.
      return List.of();
    }
    List<Bundle> active =
        wiring.getDependencyClosure(bundles).stream()
            .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
            .toList();
    CountDownLatch refreshed = new CountDownLatch(1);
    wiring.refreshBundles(bundles, event -> refreshed.countDown());
    refreshed.await();
    return active.stream().filter(bundle -> bundle.getState() == Bundle.INSTALLED).toList();
  }
}
