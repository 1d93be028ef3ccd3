// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A JDK the hosts run on.
 *
 * @param home its directory
 * @param version all of its version, as its file {@code release} says
 */
record Jdk(Path home, String version) {

  /** Reads the version of the JDK in a directory. */
  static Jdk at(Path home) {
    Path release = home.resolve("release");
    try {
      return Files.readAllLines(release).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> new Jdk(home, line.substring(line.indexOf('=') + 1).replace("\"", "")))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(release + ": it names no JAVA_VERSION"));
    } catch (IOException e) {
      throw new IllegalArgumentException("java=%s: this is no JDK".formatted(home), e);
    }
  }

  /** Returns the number that goals are told by, such as 17. */
  int feature() {
    return Runtime.Version.parse(version).feature();
  }

  Path java() {
    return home.resolve("bin").resolve("java");
  }
}
