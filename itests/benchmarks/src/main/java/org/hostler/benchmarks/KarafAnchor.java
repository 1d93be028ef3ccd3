// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Apache Karaf, a host of bundles with a shell and a directory for deployment: its start, its
 * memory and what it takes to deploy and to update. Both of its distributions, as they are
 * unpacked, from their second start on.
 */
final class KarafAnchor implements Peer {
  /** Its name on the command line. */
  static final String NAME = "karaf";

  /** From that JDK on it does not start as it is unpacked. */
  private static final int TOO_NEW = 24;

  private static final int UPDATES = 2;

  /** How many come before; each is a second and a half after the last. */
  private static final int WARM_UP = 8;

  private final Options options;
  private final Jdk jdk;
  private final Workplace workplace;
  private final Path full;
  private final Path minimal;
  private final Set<String> measured = new HashSet<>();

  private KarafAnchor(Options options, Jdk jdk) throws IOException {
    this.options = options;
    this.jdk = jdk;
    workplace = new Workplace();
    full = workplace.directory().resolve("karaf");
    minimal = workplace.directory().resolve("karaf-minimal");
  }

  /**
   * Makes copies and starts each once if all is there that it takes.
   *
   * @param notes takes a sentence about it
   */
  static Optional<KarafAnchor> start(Options options, List<String> notes)
      throws InterruptedException {
    Optional<Jdk> jdk = options.jdks().stream().filter(one -> one.feature() < TOO_NEW).findFirst();
    if (options.karaf().isEmpty() || options.karafMinimal().isEmpty() || jdk.isEmpty()) {
      String without = jdk.isEmpty() ? "a JDK before " + TOO_NEW : "its distributions";
      notes.add("Karaf was not run beside this: it was not told of " + without + ".");
      return Optional.empty();
    }
    try {
      KarafAnchor anchor = new KarafAnchor(options, jdk.get());
      anchor.prepare();
      notes.add(
          "Karaf was measured in turn with the hosts, on JDK %s.".formatted(jdk.get().version()));
      return Optional.of(anchor);
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      notes.add("Karaf was not run beside this: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  /** Makes the copies and starts each once. */
  private void prepare() throws IOException, InterruptedException {
    try {
      workplace.copyOf(Path.of(options.karaf()), full.getFileName().toString());
      workplace.copyOf(Path.of(options.karafMinimal()), minimal.getFileName().toString());
      first(full);
      first(minimal);
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void first(Path home) throws IOException, InterruptedException {
    KarafRun.prepare(home);
    try (KarafRun karaf = new KarafRun(home, jdk)) {
      karaf.millisToProbe();
      karaf.stop();
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isDueAfter(String part) {
    return Set.of("boot", "deploy").contains(part) && !(options.quick() && measured.contains(part));
  }

  @Override
  public void round(String part, Results.Sink sink) throws IOException, InterruptedException {
    measured.add(part);
    if (part.equals("deploy")) {
      deploy(sink);
      return;
    }
    bootFull(sink);
    bootMinimal(sink);
  }

  private void bootFull(Results.Sink sink) throws IOException, InterruptedException {
    try (KarafRun karaf = new KarafRun(full, jdk)) {
      sink.add("Karaf boot", "ms", karaf.millisToProbe());
      sink.add("Karaf prompt", "ms", karaf.millisToPrompt());
      BootBenchmark.settle(options);
      sink.add("Karaf resident", "MB", karaf.resident());
      karaf.stop();
    }
  }

  private void bootMinimal(Results.Sink sink) throws IOException, InterruptedException {
    try (KarafRun karaf = new KarafRun(minimal, jdk)) {
      sink.add("Karaf minimal", "ms", karaf.millisToProbe());
      karaf.stop();
    }
  }

  private void deploy(Results.Sink sink) throws IOException, InterruptedException {
    try (KarafRun karaf = new KarafRun(full, jdk)) {
      karaf.millisToProbe();
      for (int update = 0; update < (options.quick() ? 0 : WARM_UP); update++) {
        karaf.update();
      }
      for (int update = 0; update < (options.quick() ? 1 : UPDATES); update++) {
        sink.add("Karaf console update", "ms", karaf.update());
      }
      karaf.undeploy();
      karaf.deploy();
      sink.add("Karaf undeploy", "ms", karaf.undeploy());
      sink.add("Karaf deploy", "ms", karaf.deploy());
      karaf.stop();
    }
  }

  @Override
  public void close() throws IOException {
    workplace.close();
  }
}
