// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** The framework alone, in which bundles are installed and updated. */
public final class BareInstall {

  private BareInstall() {}

  /**
   * Measures one round and halts.
   *
   * @param arguments the directory of its cache, and how many make one figure
   */
  public static void main(String[] arguments) throws BundleException, IOException {
    Framework framework = BareFramework.start(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    new InstallLoop(framework.getBundleContext(), count).run("bare felix", new Figures(System.out));
    Runtime.getRuntime().halt(0);
  }
}
