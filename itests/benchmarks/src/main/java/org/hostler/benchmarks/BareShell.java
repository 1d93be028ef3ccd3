// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * The framework with its own shell and nothing else, as the Felix distribution is: what a prompt
 * costs without a host. Its cache is kept, so that a second start installs nothing.
 */
public final class BareShell {

  private BareShell() {}

  /**
   * Starts and stays until it is killed.
   *
   * @param arguments the directory of its cache, and jars separated as in a class path
   */
  public static void main(String[] arguments) throws BundleException, InterruptedException {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, arguments[0]);
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(properties);
    framework.init();
    BundleContext context = framework.getBundleContext();
    if (context.getBundles().length == 1) {
      List<Bundle> bundles = new ArrayList<>();
      for (String jar : arguments[1].split(File.pathSeparator)) {
        bundles.add(context.installBundle(Path.of(jar).toUri().toString()));
      }
      for (Bundle bundle : bundles) {
        bundle.start();
      }
    }
    framework.start();
    framework.waitForStop(0);
  }
}
