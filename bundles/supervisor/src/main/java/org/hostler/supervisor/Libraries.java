// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Finds a library by its name: what is installed first, then {@code dynamic_library_path}. */
final class Libraries {
  private final BundleContext context;
  private final LibraryPath path;
  private final Installer installer;

  /**
   * Makes one.
   *
   * @param context the supervisor's
   * @param path where libraries are looked up
   * @param installer how they are installed
   */
  Libraries(BundleContext context, LibraryPath path, Installer installer) {
    this.context = context;
    this.path = path;
    this.installer = installer;
  }

  /** The installed bundle of a library: of several the highest version in range. */
  Optional<Bundle> installed(LibraryName library) {
    return installer.installed(library);
  }

  /**
   * Finds a library on the path and installs it.
   *
   * @throws LibraryProblem if there is none, or its jar is none
   */
  Bundle install(LibraryName library) throws LibraryProblem {
    Optional<BundleJar> jar = path.find(library);
    if (jar.isEmpty()) {
      throw missing(library);
    }
    try {
      return installer.install(jar.get().file());
    } catch (UnusableJar e) {
      throw LibraryProblem.unusable(e);
    } catch (IOException e) {
      throw LibraryProblem.unreadable(e);
    } catch (BundleException e) {
      throw new LibraryProblem(
          "the framework refuses its file \"%s\"".formatted(jar.get().file()),
          String.valueOf(e.getMessage()),
          "Correct the jar's manifest.");
    }
  }

  private LibraryProblem missing(LibraryName library) {
    Optional<UnusableJar> damaged = path.unusable(library.symbolicName());
    if (damaged.isPresent()) {
      return LibraryProblem.unusable(damaged.get());
    }
    String otherVersions = otherVersions(library.symbolicName());
    return otherVersions.isEmpty()
        ? new LibraryProblem(
            "no such library is installed or on dynamic_library_path",
            "the path is " + path,
            NearestName.of(library.symbolicName(), names())
                .map("Did you mean \"%s\"?"::formatted)
                .orElse("Put its jar into extensions/; a jar is found by its Bundle-SymbolicName."))
        : new LibraryProblem(
            "no version of it is in the range " + library.range(),
            "there is " + otherVersions,
            "Change the range, or put a jar of that version into extensions/.");
  }

  private String otherVersions(String symbolicName) {
    Collection<String> versions =
        path.jars().stream()
            .filter(jar -> jar.symbolicName().equals(symbolicName))
            .map(jar -> jar.version().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    Arrays.stream(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .forEach(bundle -> versions.add(bundle.getVersion().toString()));
    return String.join(", ", versions);
  }

  private Collection<String> names() {
    Collection<String> names =
        path.jars().stream()
            .map(BundleJar::symbolicName)
            .collect(Collectors.toCollection(TreeSet::new));
    Arrays.stream(context.getBundles())
        .map(Bundle::getSymbolicName)
        .filter(Objects::nonNull)
        .forEach(names::add);
    return names;
  }
}
