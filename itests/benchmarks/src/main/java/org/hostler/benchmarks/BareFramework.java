// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework without any bundle, started and halted: what every boot costs at least. */
public final class BareFramework {

  private BareFramework() {}

  /**
   * Starts and halts.
   *
   * @param arguments the directory of its cache
   */
  public static void main(String[] arguments) throws Exception {
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    arguments[0],
                    Constants.FRAMEWORK_STORAGE_CLEAN,
                    Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
    framework.start();
    Runtime.getRuntime().halt(0);
  }
}
