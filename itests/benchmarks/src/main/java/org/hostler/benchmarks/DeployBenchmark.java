// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.io.InputStream;
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
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * From a jar's being moved into {@code deploy/} of a running host to its activator and to the code
 * of the worker it registers; from its removal to its activator's stop. And what the host's
 * watching costs while nothing comes.
 */
final class DeployBenchmark {
  private static final Duration IDLE = Duration.ofSeconds(20);

  /** By name: its interfaces are the host's, and not on this program's class path. */
  private static final String PROBE = "org.hostler.benchmarks.Probe";

  private static final int TICKS_PER_SECOND = 100;

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
        sink.add("deploy idle cpu", "%", 100 * idle(host.pid()));
        int rounds = options.rounds(20);
        for (int round = 1; round <= rounds; round++) {
          drop(host, workplace, base, round, sink);
        }
        host.stop();
      }
    }
  }

  private static void drop(
      HostRun host, Workplace workplace, Path base, int number, Results.Sink sink)
      throws IOException, InterruptedException {
    Path jar = workplace.directory().resolve("probe-" + number + ".jar");
    write(jar, number);
    Path deployed = base.resolve("deploy").resolve(jar.getFileName());
    LockSupport.parkNanos(
        TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(200, 700)));
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

  /** A bundle of one class under a symbolic name of its own. */
  private static void write(Path jar, int number) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "org.hostler.benchmarks.probe" + number);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Bundle-Activator", PROBE);
    main.putValue("Import-Package", "org.osgi.framework,org.hostler.worker");
    String name = PROBE.replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream code = DeployBenchmark.class.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      code.transferTo(out);
      out.closeEntry();
    }
  }

  /** Returns the part of one processor that a process uses while nobody asks it for anything. */
  private static double idle(long pid) throws IOException {
    long before = ticks(pid);
    long begun = System.nanoTime();
    LockSupport.parkNanos(IDLE.toNanos());
    double seconds = (System.nanoTime() - begun) / 1e9;
    return (ticks(pid) - before) / (double) TICKS_PER_SECOND / seconds;
  }

  private static long ticks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }
}
