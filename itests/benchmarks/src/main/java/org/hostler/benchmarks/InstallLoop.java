// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Installs, starts and updates a tiny bundle by the framework's API, over and over. */
final class InstallLoop {
  private static final String PROBE = "org.hostler.benchmarks.QuietProbe";

  /** How many times as many come before: a framework's code is compiled late. */
  private static final int WARM_UP = 8;

  private final BundleContext context;
  private final byte[] jar = TinyBundle.of("tiny", PROBE, "org.osgi.framework");
  private final int count;

  /**
   * Makes one.
   *
   * @param count how many make one figure
   */
  InstallLoop(BundleContext context, int count) throws IOException {
    this.context = context;
    this.count = count;
  }

  /**
   * Takes the times of a round, and says their medians.
   *
   * @param prefix of the figures' names
   */
  void run(String prefix, Figures figures) throws BundleException {
    for (int i = 0; i < WARM_UP; i++) {
      installs();
      updates();
    }
    figures.add(prefix + " install+start", "us", installs().micros(0.5));
    figures.add(prefix + " update", "us", updates().micros(0.5));
  }

  private Timings installs() throws BundleException {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      Bundle bundle = install();
      times[i] = System.nanoTime() - begun;
      bundle.uninstall();
    }
    return new Timings(times);
  }

  private Timings updates() throws BundleException {
    Bundle bundle = install();
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      bundle.update(new ByteArrayInputStream(jar));
      times[i] = System.nanoTime() - begun;
    }
    bundle.uninstall();
    return new Timings(times);
  }

  private Bundle install() throws BundleException {
    Bundle bundle = context.installBundle("tiny", new ByteArrayInputStream(jar));
    bundle.start();
    return bundle;
  }
}
