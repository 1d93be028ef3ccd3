// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.hostler.supervisor.LoadedFunction.OfBundle;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.WorkerMain;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * Which function of which library can be run now, found in constant time.
 *
 * <p>Fed by one service listener. (Asking the framework with a filter takes 100 µs among a thousand
 * services, and must not happen with the baton held.) Look-ups are for any thread and take no lock.
 */
final class FunctionDirectory implements LoadedFunctions {
  /** The service property that names a function. */
  static final String PROPERTY = "worker.function";

  /** Compared by hand: a record's own way needs method handles, and a start 10 ms to make them. */
  private record Key(String library, String function) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && function.equals(that.function)
          && library.equals(that.library);
    }

    @Override
    public int hashCode() {
      return 31 * library.hashCode() + function.hashCode();
    }
  }

  private final Bundle host;
  private final Map<Key, List<OfBundle>> functions = new ConcurrentHashMap<>();
  private final Map<String, LibraryName> names = new ConcurrentHashMap<>();

  FunctionDirectory(Bundle host) {
    this.host = host;
  }

  /** Adds a service; returns it as a function, or null when it names none. */
  @Nullable OfBundle add(ServiceReference<WorkerMain> reference) {
    String name = functionOf(reference);
    Bundle bundle = reference.getBundle();
    if (name == null || bundle == null || bundle.getSymbolicName() == null) {
      return null;
    }
    OfBundle known = function(reference);
    if (known != null && !known.name().equals(name)) {
      remove(other -> other.reference().equals(reference)); // it has another name now
    }
    OfBundle function = OfBundle.of(reference, name, host);
    functions.compute(
        new Key(function.library(), name),
        (key, old) -> {
          List<OfBundle> all = old == null ? new ArrayList<>() : new ArrayList<>(old);
          all.removeIf(other -> other.reference().equals(reference));
          all.add(function);
          all.sort(LoadedFunction.BEST);
          return List.copyOf(all);
        });
    return function;
  }

  /** Returns the function of a service; null when it offers none that is known. */
  @Nullable OfBundle function(ServiceReference<?> reference) {
    for (List<OfBundle> all : functions.values()) {
      for (OfBundle function : all) {
        if (function.reference().equals(reference)) {
          return function;
        }
      }
    }
    return null;
  }

  /**
   * Removes what has gone; with the baton held, so that who was found a moment ago is there when it
   * is launched.
   */
  void remove(Predicate<OfBundle> gone) {
    functions.forEach(
        (key, all) -> {
          if (all.stream().anyMatch(gone)) { // of most bundles that stop there is none
            functions.computeIfPresent(
                key,
                (same, old) -> {
                  List<OfBundle> left = old.stream().filter(gone.negate()).toList();
                  return left.isEmpty() ? null : left;
                });
          }
        });
  }

  /**
   * Returns the best service for a registration: the highest version in its range, then the highest
   * ranking; null when there is none.
   */
  @Nullable LoadedFunction find(String library, String function) {
    if (LoadedFunction.OfHost.isHost(library)) {
      WorkerMain main = HostFunctions.all().get(function);
      return main == null ? null : new LoadedFunction.OfHost(main, host);
    }
    LibraryName name = name(library);
    for (OfBundle candidate :
        functions.getOrDefault(new Key(name.symbolicName(), function), List.of())) {
      if (name.range().includes(candidate.version())) {
        return candidate;
      }
    }
    return null;
  }

  /** Returns the symbolic name in a registration's library. */
  String symbolicName(String library) {
    return LoadedFunction.OfHost.isHost(library) ? library : name(library).symbolicName();
  }

  private LibraryName name(String library) {
    LibraryName known = names.get(library);
    if (known != null) {
      return known;
    }
    LibraryName parsed = LibraryName.parse(library);
    if (names.size() < 10_000) { // what people invent must not fill the heap
      names.put(library, parsed);
    }
    return parsed;
  }

  /** Returns the functions of one library that can be run now. */
  SortedSet<String> functionsOf(String symbolicName) {
    SortedSet<String> found = new TreeSet<>();
    functions.keySet().stream()
        .filter(key -> key.library().equals(symbolicName))
        .forEach(key -> found.add(key.function()));
    return found;
  }

  @Override
  public Map<String, SortedSet<String>> functions() {
    Map<String, SortedSet<String>> found = new TreeMap<>();
    for (Key key : functions.keySet()) {
      found.computeIfAbsent(key.library(), library -> new TreeSet<>()).add(key.function());
    }
    found.put(BackgroundWorker.HOST_LIBRARY, HostFunctions.names());
    return found;
  }

  /** Returns the function a service names; null when it names none. */
  static @Nullable String functionOf(ServiceReference<?> reference) {
    return reference.getProperty(PROPERTY) instanceof String name && !name.isBlank() ? name : null;
  }
}
