// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.stat.LibraryStat;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Every library and function that a registration could name, loaded or not.
 *
 * <p>The functions of an active bundle are the services it has registered; of another one, what its
 * manifest declares, if it declares any. Of the distribution's own bundles only those count that
 * offer a function. The methods may be called from any thread and read the disk.
 */
final class FunctionCatalog {
  private static final String HOST_SOURCE = "host";

  private final BundleContext context;
  private final LibraryPath path;
  private final Installer installer;
  private final LoadedFunctions loaded;

  /**
   * Makes one.
   *
   * @param context the supervisor's
   * @param path where libraries are looked up
   * @param installer knows where bundles came from
   * @param loaded the functions of what is loaded
   */
  FunctionCatalog(
      BundleContext context, LibraryPath path, Installer installer, LoadedFunctions loaded) {
    this.context = context;
    this.path = path;
    this.installer = installer;
    this.loaded = loaded;
  }

  /** Returns all libraries, by name, then version; the host's own among them. */
  List<LibraryStat> libraries() {
    Map<String, SortedSet<String>> functions = loaded.functions();
    Map<String, LibraryStat> found = new TreeMap<>();
    Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName() != null && !fragment(bundle))
        .map(bundle -> installed(bundle, functions))
        .flatMap(Optional::stream)
        .forEach(library -> found.putIfAbsent(key(library), library));
    for (BundleJar jar : path.jars()) {
      if (!jar.fragment()) {
        LibraryStat library = onPath(jar);
        found.putIfAbsent(key(library), library);
      }
    }
    List<LibraryStat> all = new ArrayList<>(found.values());
    all.add(
        new LibraryStat(
            BackgroundWorker.HOST_LIBRARY,
            "",
            true,
            HOST_SOURCE,
            Optional.of(
                List.copyOf(
                    functions.getOrDefault(BackgroundWorker.HOST_LIBRARY, new TreeSet<>())))));
    all.sort(Comparator.comparing(LibraryStat::library));
    return all;
  }

  private Optional<LibraryStat> installed(Bundle bundle, Map<String, SortedSet<String>> functions) {
    boolean active = bundle.getState() == Bundle.ACTIVE;
    SortedSet<String> known =
        active
            ? functions.getOrDefault(bundle.getSymbolicName(), new TreeSet<>())
            : declared(bundle);
    if (known.isEmpty() && installer.distributed(bundle)) {
      return Optional.empty();
    }
    return Optional.of(
        new LibraryStat(
            bundle.getSymbolicName(),
            bundle.getVersion().toString(),
            active,
            installer.origin(bundle),
            known.isEmpty() && !active ? Optional.empty() : Optional.of(List.copyOf(known))));
  }

  private static LibraryStat onPath(BundleJar jar) {
    return new LibraryStat(
        jar.symbolicName(),
        jar.version().toString(),
        false,
        jar.file().toString(),
        jar.functions().map(List::copyOf));
  }

  private static SortedSet<String> declared(Bundle bundle) {
    SortedSet<String> names = new TreeSet<>();
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision != null) {
      for (BundleCapability capability :
          revision.getDeclaredCapabilities(BundleJar.FUNCTION_NAMESPACE)) {
        Object name = capability.getAttributes().get("name");
        if (name instanceof List<?> several) {
          several.forEach(one -> names.add(one.toString()));
        } else if (name != null) {
          names.add(name.toString());
        }
      }
    }
    return names;
  }

  private static String key(LibraryStat library) {
    return library.library() + " " + library.version();
  }

  private static boolean fragment(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }
}
