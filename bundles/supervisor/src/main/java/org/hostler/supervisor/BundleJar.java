// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A jar that is a bundle, and what its manifest says of it.
 *
 * @param file the file
 * @param symbolicName its symbolic name
 * @param version its version
 * @param fragment whether it is a fragment, which cannot be started
 * @param functions the functions that it declares; empty when it declares none, which means that
 *     any may be there
 */
record BundleJar(
    Path file,
    String symbolicName,
    Version version,
    boolean fragment,
    Optional<SortedSet<String>> functions) {
  /** The namespace of the capabilities by which a bundle declares its functions. */
  static final String FUNCTION_NAMESPACE = "org.hostler.function";

  /**
   * Reads a jar's manifest.
   *
   * @param file the jar
   * @param known the file as people know it, when this is a copy of it
   * @throws UnusableJar if it is no jar or no bundle
   * @throws IOException if it cannot be read
   */
  static BundleJar read(Path file, Path known) throws IOException {
    Manifest manifest;
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      manifest = jar.getManifest();
    } catch (ZipException e) {
      throw new UnusableJar(known, "is not a jar: " + e.getMessage());
    }
    if (manifest == null) {
      throw new UnusableJar(known, "is not a bundle: it has no manifest");
    }
    return of(known, manifest.getMainAttributes());
  }

  /** Reads a jar's manifest where it lies; see {@link #read(Path, Path)}. */
  static BundleJar read(Path file) throws IOException {
    return read(file, file);
  }

  /** The library and its version, as people read it. */
  String title() {
    return "\"%s\" %s".formatted(symbolicName, version);
  }

  private static BundleJar of(Path file, Attributes headers) throws UnusableJar {
    String symbolicName = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
    if (symbolicName == null || symbolicName.isBlank()) {
      throw new UnusableJar(file, "is not a bundle: its manifest has no Bundle-SymbolicName");
    }
    String manifestVersion = headers.getValue(Constants.BUNDLE_MANIFESTVERSION);
    if (manifestVersion == null || !manifestVersion.strip().equals("2")) {
      throw new UnusableJar(file, "is not a bundle: its Bundle-ManifestVersion is not 2");
    }
    Version version;
    try {
      version = Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION));
    } catch (IllegalArgumentException e) {
      throw new UnusableJar(file, "has a wrong Bundle-Version: " + e.getMessage());
    }
    return new BundleJar(
        file,
        symbolicName.replaceFirst(";.*", "").strip(),
        version,
        headers.getValue(Constants.FRAGMENT_HOST) != null,
        functions(headers.getValue(Constants.PROVIDE_CAPABILITY)));
  }

  private static Optional<SortedSet<String>> functions(@Nullable String capabilities) {
    if (capabilities == null) {
      return Optional.empty();
    }
    SortedSet<String> names = new TreeSet<>();
    for (HeaderClause clause : HeaderClause.parse(capabilities)) {
      if (clause.name().equals(FUNCTION_NAMESPACE)) {
        for (String name : clause.attributes().getOrDefault("name", "").split(",")) {
          if (!name.isBlank()) {
            names.add(name.strip());
          }
        }
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }
}
