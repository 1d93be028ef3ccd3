// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.Optional;
import org.hostler.worker.stat.PreloadStat;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** One entry of the preload list on its way: found, installed at its level, started. */
final class PreloadEntry {
  private final String entry;
  private final int level;
  private volatile String result = "not started yet";
  private volatile @Nullable Bundle bundle;

  /**
   * Makes one.
   *
   * @param entry the entry as it was written
   * @param level its start level
   */
  PreloadEntry(String entry, int level) {
    this.entry = entry;
    this.level = level;
  }

  /** Its start level. */
  int level() {
    return level;
  }

  /**
   * Finds its bundle among those that are installed, else on the path, and installs it.
   *
   * @throws LibraryProblem if there is none
   */
  void install(BundleContext context, Libraries libraries) throws LibraryProblem {
    LibraryName name;
    try {
      name = LibraryName.parse(entry);
    } catch (IllegalArgumentException e) {
      String[] words = String.valueOf(e.getMessage()).split("\n", 3);
      throw new LibraryProblem("not the name of a library", words[1], words[2]);
    }
    Optional<Bundle> installed = libraries.installed(name);
    if (installed.isEmpty()) {
      // So it has its level from the first moment on, with no errand for the start level's thread.
      FrameworkStartLevel levels = context.getBundle(0).adapt(FrameworkStartLevel.class);
      levels.setInitialBundleStartLevel(level);
      bundle = libraries.install(name);
    } else {
      bundle = installed.get();
      if (bundle.getState() != Bundle.ACTIVE) {
        bundle.adapt(BundleStartLevel.class).setStartLevel(level);
      }
    }
  }

  /**
   * Starts its bundle, eagerly and for good, and waits for it.
   *
   * @throws LibraryProblem if it does not resolve, throws, or does not return in time
   */
  void start(BundleContext context, PreloadListener listener, Duration timeout)
      throws LibraryProblem, InterruptedException {
    Bundle found = found();
    if (fragment(found)) {
      result = "attached to its host";
      return;
    }
    listener.preloading(found);
    BundleWork start =
        BundleWork.begin("preload-" + found.getSymbolicName(), () -> found.start(0), over -> {});
    if (!start.await(timeout)) {
      throw failed(LibraryProblem.hanging(timeout, start));
    }
    if (start.failure().isPresent()) {
      throw failed(LibraryProblem.of(context, found, start.failure().get()));
    }
    listener.preloaded(found);
    result = "started";
  }

  /** What people are shown. */
  PreloadStat stat(ComponentStates components) {
    Bundle found = bundle;
    if (found == null) {
      return new PreloadStat(entry, "", -1, "", level, result);
    }
    return new PreloadStat(
        entry,
        found.getSymbolicName(),
        found.getBundleId(),
        found.getVersion().toString(),
        found.getState() == Bundle.UNINSTALLED
            ? level
            : found.adapt(BundleStartLevel.class).getStartLevel(),
        now(found, components));
  }

  private String now(Bundle found, ComponentStates components) {
    if (!result.equals("started")) {
      return result;
    }
    return switch (found.getState()) {
      case Bundle.ACTIVE -> {
        String component = components.why(found);
        yield component.isEmpty() ? result : result + "; " + component;
      }
      case Bundle.UNINSTALLED -> "started, uninstalled since";
      default -> "started, stopped since";
    };
  }

  private LibraryProblem failed(LibraryProblem problem) {
    result = problem.words();
    return problem;
  }

  private Bundle found() {
    Bundle found = bundle;
    if (found == null) {
      throw new IllegalStateException("entry \"" + entry + "\" was not installed");
    }
    return found;
  }

  private static boolean fragment(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  /** Returns the entry as it was written. */
  @Override
  public String toString() {
    return entry;
  }
}
