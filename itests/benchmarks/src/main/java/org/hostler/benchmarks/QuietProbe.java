// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a bundle that does nothing: what the framework itself takes to start one. */
public final class QuietProbe implements BundleActivator {
  /** Made by the framework. */
  public QuietProbe() {}

  @Override
  public void start(BundleContext context) {
    // what is measured is the framework
  }

  @Override
  public void stop(BundleContext context) {
    // nothing was begun
  }
}
