// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.util.function.IntSupplier;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers what {@link LackingComponent} needs. */
public final class SupplyingActivator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    context.registerService(IntSupplier.class, () -> 42, null);
  }

  @Override
  public void stop(BundleContext context) {}
}
