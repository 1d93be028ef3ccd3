// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * From a jar's being moved into {@code deploy/} of a running host to its activator and to the code
 * of the worker it registers; from its removal to its activator's stop. And what the host's
 * watching costs while nothing comes. After it, File Install in a framework of its own.
 */
final class DeployBenchmark {
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration QUICK_IDLE = Duration.ofSeconds(3);

  /** By name: its interfaces are the host's, and not on this program's class path. */
  private static final String PROBE = "org.hostler.benchmarks.Probe";

  private final Options options;

  DeployBenchmark(Options options) {
    this.options = options;
  }

  void run(Results.Sink sink) throws IOException, InterruptedException {
    try (Workplace workplace = new Workplace()) {
      Path base = workplace.instance(options);
      try (HostRun host = HostRun.start(options, base, List.of(), List.of())) {
        host.awaitLine("ready in ");
        drop(host, workplace, base, 0, sink);
        int rounds = options.rounds(20);
        for (int round = 1; round <= rounds; round++) {
          drop(host, workplace, base, round, sink);
        }
        BootBenchmark.settle(options);
        for (int round = 0; round < options.rounds(); round++) {
          Duration time = options.quick() ? QUICK_IDLE : IDLE;
          sink.add("deploy idle cpu", "%", 100 * idle(host.pid(), time));
        }
        host.stop();
      }
      try (FileInstallRun fileInstall = new FileInstallRun(options, workplace)) {
        fileInstall.measure(options.rounds(20), sink);
      }
    }
  }

  private static void drop(
      HostRun host, Workplace workplace, Path base, int number, Results.Sink sink)
      throws IOException, InterruptedException {
    Path jar = workplace.directory().resolve("probe-" + number + ".jar");
    String name = "org.hostler.benchmarks.probe" + number;
    Files.write(jar, TinyBundle.of(name, PROBE, "org.osgi.framework,org.hostler.worker"));
    Path deployed = base.resolve("deploy").resolve(jar.getFileName());
    anyMoment();
    Instant moved = Instant.now();
    Files.move(jar, deployed, StandardCopyOption.ATOMIC_MOVE);
    Map<String, Instant> said = said(host, 2); // the worker may speak before its activator
    Instant removed = Instant.now();
    Files.delete(deployed);
    Instant stopped = said(host, 1).get("stopped");
    if (number > 0) {
      sink.add("deploy activator", "ms", millis(moved, said.get("active")));
      sink.add("deploy worker", "ms", millis(moved, said.get("worker")));
      sink.add("deploy stopped", "ms", millis(removed, stopped));
    }
  }

  static void anyMoment() {
    LockSupport.parkNanos(
        TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(200, 700)));
  }

  /** Returns what the probe says next, and when it says it was. */
  private static Map<String, Instant> said(HostRun host, int lines) throws IOException {
    Map<String, Instant> said = new HashMap<>();
    for (int i = 0; i < lines; i++) {
      String[] words = host.awaitLine("probe is ").split(" ");
      said.put(words[2], Instant.parse(words[3]));
    }
    return said;
  }

  private static double millis(Instant from, @Nullable Instant to) {
    return Duration.between(from, Objects.requireNonNull(to)).toNanos() / 1e6;
  }

  /** Returns the part of one processor that a process uses while nobody asks it for anything. */
  private static double idle(long pid, Duration time) throws IOException {
    double before = ProcessFiles.processorSeconds(pid);
    long begun = System.nanoTime();
    LockSupport.parkNanos(time.toNanos());
    double seconds = (System.nanoTime() - begun) / 1e9;
    return (ProcessFiles.processorSeconds(pid) - before) / seconds;
  }
}
