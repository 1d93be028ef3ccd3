// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;

/** The command {@code init}: makes an instance out of nothing or an empty directory. */
final class NewInstance {

  /** The distribution's own configuration preloads a sample; a new instance preloads nothing. */
  private static final Pattern PRELOAD = Pattern.compile("(?m)^shared_preload_libraries = .*$");

  private static final String NO_PRELOAD = "#shared_preload_libraries = ''";

  private NewInstance() {}

  /** Makes the instance and returns what its new owner should read. */
  static String make(Path directory, Distribution distribution) throws Failure {
    refuseNonEmpty(directory);
    try {
      Files.createDirectories(directory);
      Path base = directory.toRealPath();
      fill(base);
      String hostler = "%s --base %s".formatted(distribution.script(), quoted(base));
      return Distribution.resource("init.txt").formatted(base, hostler, hostler);
    } catch (IOException e) {
      throw Failure.refusedBy(
          e,
          "instance %s: cannot be made".formatted(directory),
          "detail: " + Words.of(e),
          "hint: name a directory that you may write");
    }
  }

  /** Makes every directory and the configuration file in the empty directory {@code base}. */
  static void fill(Path base) throws IOException {
    for (String name : List.of("conf", "extensions", "deploy")) {
      Files.createDirectory(base.resolve(name));
    }
    for (String name : List.of("data", "run", "log")) {
      if (base.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectory(
            base.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(base.resolve(name));
      }
    }
    Files.writeString(new Instance(base).conf(), configuration());
  }

  /** {@code hostler.conf} with every setting commented out. */
  static String configuration() {
    return PRELOAD.matcher(Distribution.resource("hostler.conf")).replaceFirst(NO_PRELOAD);
  }

  private static void refuseNonEmpty(Path directory) throws Failure {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(directory)) {
      if (content.iterator().hasNext()) {
        throw Failure.refused(
            "directory %s is not empty".formatted(directory),
            "hint: an instance is made in a new or an empty directory");
      }
    } catch (NoSuchFileException absent) {
      return;
    } catch (NotDirectoryException file) {
      throw Failure.refused("%s is not a directory".formatted(directory));
    } catch (IOException e) {
      throw Failure.refusedBy(
          e, "directory %s cannot be read".formatted(directory), "detail: " + Words.of(e));
    }
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[\\w./+@%=:,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
