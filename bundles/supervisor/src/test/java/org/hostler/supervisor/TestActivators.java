// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Activators of generated bundles; they meet the test by services of JDK types. */
final class TestActivators {
  private TestActivators() {}

  /** Says when it is started and stopped. */
  public static final class Journaling implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      say(context, "started");
    }

    @Override
    public void stop(BundleContext context) {
      say(context, "stopped");
    }

    @SuppressWarnings("unchecked") // the test's own service
    private static void say(BundleContext context, String what) {
      Bundle bundle = context.getBundle();
      Consumer<String> journal = context.getService(context.getServiceReference(Consumer.class));
      journal.accept(what + " " + bundle.getSymbolicName() + " " + bundle.getVersion());
    }
  }

  /** Throws. */
  public static final class Failing implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      throw new IllegalStateException("boom", new IllegalArgumentException("bad egg"));
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Does not return before the test lets it. */
  public static final class Hanging implements BundleActivator {
    @Override
    public void start(BundleContext context) throws InterruptedException {
      context.getService(context.getServiceReference(CountDownLatch.class)).await();
    }

    @Override
    public void stop(BundleContext context) {}
  }
}
