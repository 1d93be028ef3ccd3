// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkers;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Bundles that are installed, started and updated by API in a running host: one that does nothing,
 * and one whose worker must end and be launched anew. One round.
 */
final class InstallBenchmark implements InHost {
  private static final int QUICK = 50;
  private static final int FULL = 300;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final String PROBE = "org.hostler.benchmarks.WorkingProbe";

  private final BundleContext context;
  private final int count;

  /** Makes one that measures in the framework of a bundle. */
  InstallBenchmark(BundleContext context, boolean quick) {
    this.context = context;
    this.count = count(quick);
  }

  /** Returns how many make one figure. */
  static int count(boolean quick) {
    return quick ? QUICK : FULL;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws IOException, BundleException, InterruptedException {
    awaitLastStartLevel();
    Figures figures = new Figures(out);
    new InstallLoop(context, count).run("api", figures);
    figures.add("api update worker", "us", updates(workers).micros(0.5));
  }

  /** The framework resolves nothing for others while it starts the shell's bundles itself. */
  private void awaitLastStartLevel() {
    long end = System.nanoTime() + LONG.toNanos();
    while (Arrays.stream(context.getBundles()).anyMatch(InstallBenchmark::isToCome)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the host's last bundles do not start");
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    LockSupport.parkNanos(LONG.toNanos() / 60);
  }

  private static boolean isToCome(Bundle bundle) {
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    boolean started = level != null && level.isPersistentlyStarted();
    return started && (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0;
  }

  /** From the update to the code of the worker, which runs the function of the new revision. */
  private Timings updates(BackgroundWorkers workers)
      throws IOException, BundleException, InterruptedException {
    BlockingQueue<Long> begun = new LinkedBlockingQueue<>();
    System.getProperties().put(WorkingProbe.BEGUN, begun);
    byte[] jar = TinyBundle.of("working", PROBE, "org.osgi.framework,org.hostler.worker");
    Bundle bundle = context.installBundle("working", new ByteArrayInputStream(jar));
    bundle.start();
    workers.registerDynamic(
        BackgroundWorker.builder("working").library("working").function("working").build());
    await(begun);
    for (int i = 0; i < count / 2; i++) {
      update(bundle, jar, begun);
    }
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = update(bundle, jar, begun);
    }
    bundle.uninstall();
    System.getProperties().remove(WorkingProbe.BEGUN);
    return new Timings(times);
  }

  private static long update(Bundle bundle, byte[] jar, BlockingQueue<Long> begun)
      throws BundleException, InterruptedException {
    long asked = System.nanoTime();
    bundle.update(new ByteArrayInputStream(jar));
    return await(begun) - asked;
  }

  private static long await(BlockingQueue<Long> begun) throws InterruptedException {
    Long at = begun.poll(10, TimeUnit.SECONDS);
    if (at == null) {
      throw new IllegalStateException("the updated bundle's worker does not run");
    }
    return at;
  }
}
