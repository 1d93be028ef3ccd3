// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * The framework alone with the distribution's File Install, which looks into a directory every
 * millisecond.
 */
public final class BareFileInstall {

  private BareFileInstall() {}

  /**
   * Runs until its standard input ends.
   *
   * @param arguments the directory of its cache, File Install's jar and the directory it watches
   */
  public static void main(String[] arguments) throws BundleException, IOException {
    System.setProperty("felix.fileinstall.dir", arguments[2]);
    System.setProperty("felix.fileinstall.poll", "1");
    System.setProperty("felix.fileinstall.tmpdir", arguments[0] + "-jars");
    BundleContext context = BareFramework.start(arguments[0]).getBundleContext();
    try (InputStream jar = new FileInputStream(arguments[1])) {
      context.installBundle("fileinstall", jar).start();
    }
    System.in.readAllBytes();
    Runtime.getRuntime().halt(0);
  }
}
