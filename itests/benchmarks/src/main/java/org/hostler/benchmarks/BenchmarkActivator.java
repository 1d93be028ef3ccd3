// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import org.hostler.worker.BackgroundWorkers;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/**
 * Runs the benchmark that the property {@code hostler.benchmark} names inside this host, prints
 * what it finds on standard output and stops the host.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class BenchmarkActivator implements BundleActivator {

  /** Made by the framework. */
  public BenchmarkActivator() {}

  @Override
  public void start(BundleContext context) {
    String name = String.valueOf(context.getProperty(HostRun.BENCHMARK));
    Effort effort = Effort.of(context);
    InHost benchmark =
        switch (name) {
          case "launch" -> new LaunchBenchmark(effort);
          case "cycle" -> new CycleBenchmark(effort);
          case "restart" -> new RestartBenchmark(effort);
          case "terminate" -> new TerminateBenchmark(effort);
          case "latch" -> new LatchBenchmark(effort);
          case "lookup" -> new LookUpBenchmark(effort);
          case "memory" -> new MemoryBenchmark(effort);
          case "memory-bare" -> new BareMemoryBenchmark(effort);
          case "memory-prototype" -> new PrototypeBenchmark(effort);
          case "fill" -> new FillBenchmark(effort);
          case "scale" -> new ScaleBenchmark(effort);
          case "scale-pinned" -> new PinnedScaleBenchmark(effort);
          case "install" -> new InstallBenchmark(context, effort.quick());
          case "session" -> session(context, effort);
          default -> throw new IllegalArgumentException("no benchmark \"" + name + "\"");
        };
    BackgroundWorkers workers =
        context.getService(context.getServiceReference(BackgroundWorkers.class));
    Functions functions = new Functions(context, workers);
    Thread thread = new Thread(() -> run(context, benchmark, functions, workers), "benchmark");
    thread.setDaemon(true);
    thread.start();
  }

  private static InHost session(BundleContext context, Effort effort) {
    boolean remote = Boolean.parseBoolean(context.getProperty(HostRun.REMOTE));
    return new SessionBenchmark(
        effort.rounds(),
        "main",
        effort.samples(remote ? 5_000 : 200_000),
        effort.samples(remote ? 40 : 500));
  }

  private static void run(
      BundleContext context, InHost benchmark, Functions functions, BackgroundWorkers workers) {
    try {
      functions.awaitHost();
      benchmark.run(functions, workers, System.out);
    } catch (Exception e) {
      e.printStackTrace();
      System.out.println(HostRun.FAILED + ": " + e);
    } finally {
      stopHost(context);
    }
  }

  private static void stopHost(BundleContext context) {
    try {
      context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
    } catch (BundleException e) {
      e.printStackTrace();
    }
  }

  @Override
  public void stop(BundleContext context) {
    // its thread is a daemon and its workers are the host's to end
  }
}
