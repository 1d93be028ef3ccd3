// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** File Install in a process of its own, as an anchor of what a host takes to deploy a bundle. */
final class FileInstallRun implements AutoCloseable {
  private static final String FIGURE = "File Install polling every 1 ms";

  private final Workplace workplace;
  private final Path watched;
  private final Said said;
  private final Path output;
  private final Process process;

  FileInstallRun(Options options, Workplace workplace) throws IOException {
    this.workplace = workplace;
    watched = Files.createDirectory(workplace.directory().resolve("watched"));
    said = new Said(workplace.directory().resolve("said"));
    String main = BareFileInstall.class.getName();
    String jar = jar(options).toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            BareFramework.launch(options, workplace, main, jar, watched.toString()).command());
    builder.command().add(1, said.option());
    output = workplace.directory().resolve("fileinstall.log");
    process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private static Path jar(Options options) throws IOException {
    try (Stream<Path> files = Files.walk(options.distribution().resolve("bundles"))) {
      return files
          .filter(file -> file.getFileName().toString().contains("fileinstall"))
          .findFirst()
          .orElseThrow(() -> new IOException("bundles/: there is no File Install"));
    }
  }

  /**
   * Drops bundles, one after the other, and takes the time to their activators.
   *
   * @param count how many after a first one that does not count
   */
  void measure(int count, Results.Sink sink) throws IOException {
    try {
      drop(0);
      for (int number = 1; number <= count; number++) {
        sink.add(FIGURE, "ms", drop(number));
      }
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "%s; it has written: %s".formatted(e.getMessage(), Files.readString(output)), e);
    }
  }

  private double drop(int number) throws IOException {
    Path jar = workplace.directory().resolve("said-" + number + ".jar");
    Said.probe(jar, "org.hostler.benchmarks.said" + number);
    DeployBenchmark.anyMoment();
    Path deployed = watched.resolve(jar.getFileName());
    Instant moved = Instant.now();
    Files.move(jar, deployed, StandardCopyOption.ATOMIC_MOVE);
    double millis = BootBenchmark.millis(moved, said.await("active", moved).at());
    Instant removed = Instant.now();
    Files.delete(deployed);
    said.await("stopped", removed);
    return millis;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
