// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory for instances and distributions; removed at the end. */
final class Workplace implements AutoCloseable {
  private final Path directory;

  Workplace() throws IOException {
    directory = Files.createTempDirectory("hostler-benchmark").toRealPath();
  }

  Path directory() {
    return directory;
  }

  /** Makes an instance with {@code hostler init}. */
  Path instance(Options options) throws IOException, InterruptedException {
    Path base = directory.resolve("instance");
    ProcessBuilder builder =
        new ProcessBuilder(
            options.distribution().resolve("bin").resolve("hostler").toString(),
            "init",
            base.toString());
    builder.environment().put("JAVA_HOME", options.java().toString());
    Programs.run(builder);
    return base;
  }

  /** Copies the distribution, which is an instance as well. */
  Path copyOf(Path distribution) throws IOException {
    return copyOf(distribution, "hostler");
  }

  /**
   * Copies a directory.
   *
   * @param name of the copy
   */
  Path copyOf(Path distribution, String name) throws IOException {
    Path copy = directory.resolve(name);
    try (Stream<Path> files = Files.walk(distribution)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String place = distribution.relativize(file).toString();
        if (!List.of("run", "data", "log").contains(place.split(File.separator, 2)[0])) {
          Files.copy(file, copy.resolve(place), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return copy;
  }

  /** Copies the jar this class is in. */
  void addOwnJar(Path to) throws IOException {
    Files.copy(ownJar(), to.resolve("org.hostler.benchmarks.jar"));
  }

  static Path ownJar() {
    try {
      return Path.of(Workplace.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
