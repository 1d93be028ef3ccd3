// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * The activator of a bundle that is dropped into what a host is compared with: it says in a file,
 * named by the system property {@link #FILE}, when it is started and when it is stopped. The only
 * class of that bundle.
 */
public final class SayingProbe implements BundleActivator {
  /** Names the file. */
  public static final String FILE = "hostler.benchmark.said";

  /** Made by the framework. */
  public SayingProbe() {}

  @Override
  public void start(BundleContext context) throws IOException {
    say("active", context);
  }

  @Override
  public void stop(BundleContext context) throws IOException {
    say("stopped", context);
  }

  private static void say(String what, BundleContext context) throws IOException {
    String line = "%s %s %d%n".formatted(what, Instant.now(), context.getBundle().getBundleId());
    Files.writeString(
        Path.of(System.getProperty(FILE)),
        line,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
