// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** Felix within the test, with the services that {@link TestActivators} speak to. */
final class TestFramework implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final Framework framework;
  private final BlockingQueue<String> journal = new LinkedBlockingQueue<>();
  private final CountDownLatch hang = new CountDownLatch(1);

  TestFramework(Path directory) throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage", directory.resolve("cache").toString(),
                    "org.osgi.framework.storage.clean", "onFirstInit",
                    "felix.log.level", "0"));
    framework.init();
    BundleContext context = framework.getBundleContext();
    context.registerService(Consumer.class, (Consumer<String>) journal::add, null);
    context.registerService(CountDownLatch.class, hang, null);
  }

  TestFramework started() throws Exception {
    framework.start();
    return this;
  }

  Framework framework() {
    return framework;
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Returns the next line that an activator has said. */
  String next() throws InterruptedException {
    String line = journal.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no activator said anything within " + DEADLINE);
    }
    return line;
  }

  /** Returns what activators have said and nobody has asked for yet. */
  List<String> rest() {
    List<String> lines = new ArrayList<>();
    journal.drainTo(lines);
    return lines;
  }

  Bundle bundle(String symbolicName) {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no bundle " + symbolicName));
  }

  boolean has(String symbolicName) {
    return Arrays.stream(context().getBundles())
        .anyMatch(bundle -> symbolicName.equals(bundle.getSymbolicName()));
  }

  /** Lets hanging activators go on. */
  void release() {
    hang.countDown();
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + DEADLINE + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() throws BundleException {
    release();
    framework.stop();
    try {
      framework.waitForStop(DEADLINE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
