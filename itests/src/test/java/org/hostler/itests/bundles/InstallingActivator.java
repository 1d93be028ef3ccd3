// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.WorkerTerminated;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Offers {@code install}: a function that installs a bundle when it is asked to end. */
public final class InstallingActivator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    WorkerMain main =
        worker -> {
          try {
            Waiting.untilTold(worker);
          } catch (WorkerTerminated asked) {
            install(context);
            throw asked;
          }
        };
    context.registerService(
        WorkerMain.class, main, new Hashtable<>(Map.of("worker.function", "install")));
  }

  private static void install(BundleContext context) throws IOException, BundleException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "test.installed.at.the.end");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    context
        .getBundle(0)
        .getBundleContext()
        .installBundle("test:installed", new ByteArrayInputStream(bytes.toByteArray()));
  }

  @Override
  public void stop(BundleContext context) {}
}
