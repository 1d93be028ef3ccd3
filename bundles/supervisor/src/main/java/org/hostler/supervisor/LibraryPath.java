// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of {@code dynamic_library_path}: where libraries are looked up by name.
 *
 * <p>The first directory that has the library wins, and in it the highest version in range. A jar's
 * name means nothing, its manifest does; manifests are read once and again when the file changes. A
 * jar that cannot be read is logged once and passed over; whoever looked for it finds it by its
 * file's name in {@link #unusable}.
 *
 * <p>The methods may be called from any thread.
 */
final class LibraryPath {
  private static final Logger LOG = LoggerFactory.getLogger(LibraryPath.class);
  private static final String DISTRIBUTION = "$libdir";

  private final List<String> entries;
  private final List<Path> directories;
  private final Map<Path, Look> looks = new HashMap<>();

  /** What was seen in a file when it had this time and size. */
  private record Look(FileTime time, long size, Optional<BundleJar> jar, String wrong) {}

  /**
   * Makes the path.
   *
   * @param entries the setting's entries: directories, relative to the instance, or {@code $libdir}
   * @param base the instance
   * @param home the distribution, whose {@code extensions} is {@code $libdir}
   */
  LibraryPath(List<String> entries, Path base, Path home) {
    this.entries = List.copyOf(entries);
    Set<Path> distinct = new LinkedHashSet<>();
    for (String entry : entries) {
      distinct.add(directory(entry, base, home));
    }
    this.directories = List.copyOf(distinct);
  }

  /** Finds a library: in the first directory that has it, the highest version in range. */
  Optional<BundleJar> find(LibraryName library) {
    for (Path directory : directories) {
      Optional<BundleJar> hit = Optional.empty();
      for (BundleJar jar : jarsIn(directory)) {
        if (library.matches(jar.symbolicName(), jar.version())
            && (hit.isEmpty() || jar.version().compareTo(hit.get().version()) > 0)) {
          hit = Optional.of(jar);
        }
      }
      if (hit.isPresent()) {
        return hit;
      }
    }
    return Optional.empty();
  }

  /**
   * Returns every library that can be found, in the order of the path; one of each name and
   * version.
   */
  List<BundleJar> jars() {
    Map<String, BundleJar> found = new LinkedHashMap<>();
    for (Path directory : directories) {
      for (BundleJar jar : jarsIn(directory)) {
        found.putIfAbsent(jar.title(), jar);
      }
    }
    return List.copyOf(found.values());
  }

  /**
   * Returns the jar that by its file's name should be this library, but is no whole bundle.
   *
   * @param symbolicName the library that was not found
   */
  Optional<UnusableJar> unusable(String symbolicName) {
    synchronized (looks) {
      return looks.entrySet().stream()
          .filter(look -> look.getValue().jar().isEmpty())
          .filter(look -> named(look.getKey(), symbolicName))
          .map(look -> new UnusableJar(look.getKey(), look.getValue().wrong()))
          .findFirst();
    }
  }

  /** Returns the entries as they were written. */
  @Override
  public String toString() {
    return String.join(", ", entries);
  }

  private static Path directory(String entry, Path base, Path home) {
    return entry.equals(DISTRIBUTION)
        ? home.resolve("extensions").normalize()
        : base.resolve(entry).normalize();
  }

  private static boolean named(Path file, String symbolicName) {
    String name = file.getFileName().toString();
    return name.startsWith(symbolicName)
        && name.substring(symbolicName.length()).matches("([-_@].*)?\\.jar");
  }

  private List<BundleJar> jarsIn(Path directory) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path file : listing) {
        files.add(file);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("directory \"{}\" of dynamic_library_path does not exist", directory);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn(
          "directory \"{}\" of dynamic_library_path: cannot be read: {}", directory, e.toString());
    }
    files.sort(null);
    List<BundleJar> jars = new ArrayList<>();
    synchronized (looks) {
      looks.keySet().removeIf(file -> directory.equals(file.getParent()) && !files.contains(file));
      for (Path file : files) {
        Optional<BundleJar> jar = look(file);
        if (jar.isPresent()) {
          jars.add(jar.get());
        }
      }
    }
    return jars;
  }

  private Optional<BundleJar> look(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Look seen = looks.get(file);
      if (seen == null
          || seen.size() != attributes.size()
          || !seen.time().equals(attributes.lastModifiedTime())) {
        seen = read(file, attributes);
        looks.put(file, seen);
      }
      return seen.jar();
    } catch (IOException e) {
      LOG.debug("file \"{}\" of dynamic_library_path is gone", file, e);
      return Optional.empty();
    }
  }

  private static Look read(Path file, BasicFileAttributes attributes) {
    Optional<BundleJar> jar = Optional.empty();
    String wrong = "";
    try {
      jar = Optional.of(BundleJar.read(file));
    } catch (IOException e) {
      wrong = e instanceof UnusableJar ? String.valueOf(e.getMessage()) : "cannot be read: " + e;
      LOG.warn("library file \"{}\": {}", file, wrong);
    }
    return new Look(attributes.lastModifiedTime(), attributes.size(), jar, wrong);
  }
}
