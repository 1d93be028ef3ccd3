// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that throws, with a cause that is worth telling. */
public final class ThrowingActivator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    throw new IllegalStateException(
        "this activator throws", new IllegalArgumentException("because it was built to"));
  }

  @Override
  public void stop(BundleContext context) {}
}
