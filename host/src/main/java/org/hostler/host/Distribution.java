// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The unpacked Hostler: {@code bin lib bundles/<start level> extensions sdk}.
 *
 * @param home its absolute directory
 */
record Distribution(Path home) {

  /** The version of this Hostler. */
  static String version() {
    return resource("version.txt").strip();
  }

  /** A text that lies beside this class. */
  static String resource(String name) {
    try (InputStream in = Distribution.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource \"%s\": missing in hostler.jar".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of such a text, one right after the other. */
  static String joined(String name) {
    return resource(name).replace("\r", "").replace("\n", "");
  }

  Path script() {
    return home.resolve("bin").resolve("hostler");
  }

  /** Tells whether the sample that the distribution's configuration preloads is still there. */
  boolean hasSample() throws IOException {
    try (DirectoryStream<Path> samples =
        Files.newDirectoryStream(
            home.resolve("extensions"), "org.hostler.sample.heartbeat-*.jar")) {
      return samples.iterator().hasNext();
    } catch (NoSuchFileException removed) {
      return false;
    }
  }

  /** The jars of {@code bundles/<start level>}, by start level, each level by file name. */
  Map<Integer, List<Path>> bundles() throws IOException {
    Map<Integer, List<Path>> levels = new TreeMap<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(home.resolve("bundles"))) {
      for (Path directory : directories) {
        String name = directory.getFileName().toString();
        if (name.matches("[0-9]{1,6}") && Integer.parseInt(name) > 0) {
          levels.put(Integer.parseInt(name), jars(directory));
        }
      }
    }
    return levels;
  }

  private static List<Path> jars(Path directory) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
      files.forEach(jars::add);
    }
    jars.sort(null);
    return List.copyOf(jars);
  }
}
