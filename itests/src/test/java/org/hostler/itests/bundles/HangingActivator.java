// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that never comes back, whoever interrupts it. */
public final class HangingActivator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException swallowed) {
        // Swallowing it is what this activator is for.
      }
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
