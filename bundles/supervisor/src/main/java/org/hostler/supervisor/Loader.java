// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hostler.worker.stat.WorkerReason;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads libraries on demand (contract S8): when a worker names one that is not active, it is looked
 * up, installed and started.
 *
 * <ol>
 *   <li>An installed bundle of that name is taken first, of several the highest version in range.
 *       One that was active and was stopped stays so: {@code BUNDLE_STOPPED}.
 *   <li>Else the library is looked up on {@code dynamic_library_path} and installed.
 *   <li>It is started transiently, on a thread of its own, and with a deadline. One that cannot be
 *       started and was installed for this is uninstalled again, so that the next try looks at the
 *       path again; one whose activator hangs stays, and so does its thread.
 * </ol>
 */
final class Loader implements LibraryLoader {
  private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

  private final BundleContext context;
  private final LoaderThread thread;
  private final Libraries libraries;
  private final ActiveOnce activeOnce;
  private final Structure structure;
  private final Duration timeout;
  private final Map<String, Load> loads = new HashMap<>();
  private final Map<Long, BundleWork> starts = new HashMap<>();

  /** A load that has not ended, and who waits for it; guarded by {@link #loads}. */
  private static final class Load {
    final String library;
    final List<Consumer<LoadOutcome>> waiting = new ArrayList<>();
    @Nullable Bundle bundle;

    Load(String library) {
      this.library = library;
    }
  }

  /**
   * Makes one.
   *
   * @param context the supervisor's
   * @param thread the loader's thread
   * @param libraries where libraries are found
   * @param activeOnce which bundles were stopped by somebody
   * @param structure how the framework is changed
   * @param timeout how long an activator may take, {@code preload_timeout}
   */
  Loader(
      BundleContext context,
      LoaderThread thread,
      Libraries libraries,
      ActiveOnce activeOnce,
      Structure structure,
      Duration timeout) {
    this.context = context;
    this.thread = thread;
    this.libraries = libraries;
    this.activeOnce = activeOnce;
    this.structure = structure;
    this.timeout = timeout;
  }

  @Override
  public void load(String library, Consumer<LoadOutcome> done) {
    if (thread.closed()) {
      done.accept(missing(library, "is not loaded: the host is stopping"));
      return;
    }
    Load load;
    synchronized (loads) {
      Load before = loads.get(library);
      if (before != null) {
        before.waiting.add(done);
        return;
      }
      load = new Load(library);
      load.waiting.add(done);
      loads.put(library, load);
    }
    thread.run(() -> guarded(load, () -> begin(load)));
  }

  /** Lets nobody join a load any more whose bundle is gone: who asks from now on wants another. */
  void uninstalled(Bundle bundle) {
    synchronized (loads) {
      loads.values().removeIf(load -> bundle.equals(load.bundle));
    }
  }

  /** Whatever goes wrong, who waits for the library is told; else nobody could ask for it again. */
  private void guarded(Load load, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("library \"{}\" cannot be loaded", load.library, e);
      finish(load, missing(load.library, "could not be loaded: " + Exits.cause(e)));
    }
  }

  private void begin(Load load) {
    try {
      LibraryName name = LibraryName.parse(load.library);
      Optional<Bundle> installed = libraries.installed(name);
      if (installed.isPresent()) {
        start(load, installed.get(), false);
      } else {
        start(load, libraries.install(name), true);
      }
    } catch (IllegalArgumentException e) {
      finish(load, missing(load.library, String.valueOf(e.getMessage()).replace("\n", "; ")));
    } catch (LibraryProblem problem) {
      finish(load, missing(load.library, words(problem)));
    }
  }

  private void start(Load load, Bundle bundle, boolean mine) {
    synchronized (loads) {
      load.bundle = bundle;
      if (bundle.getState() == Bundle.UNINSTALLED) {
        loads.remove(load.library, load); // before anybody was told of its bundle
      }
    }
    BundleWork before = starts.get(bundle.getBundleId());
    if (bundle.getState() == Bundle.ACTIVE) {
      finish(load, new LoadOutcome.Loaded(bundle));
    } else if (fragment(bundle)) {
      finish(load, missing(load.library, "is a fragment, which cannot be started"));
    } else if (activeOnce.stopped(bundle)) {
      finish(load, stopped(bundle));
    } else if (before != null && !before.over()) {
      finish(load, missing(load.library, LibraryProblem.hanging(timeout, before).words()));
    } else {
      BundleWork start =
          BundleWork.begin(
              "start-" + bundle.getSymbolicName(),
              () -> structure.start(bundle, Bundle.START_TRANSIENT),
              failure ->
                  thread.run(() -> guarded(load, () -> started(load, bundle, mine, failure))));
      starts.put(bundle.getBundleId(), start);
      thread.runAfter(timeout, () -> late(load, start));
    }
  }

  private void started(Load load, Bundle bundle, boolean mine, Optional<Throwable> failure) {
    starts.remove(bundle.getBundleId());
    if (failure.isEmpty()) {
      LOG.info("library \"{}\": bundle {} is loaded", load.library, bundle);
      finish(load, new LoadOutcome.Loaded(bundle));
      return;
    }
    LibraryProblem problem = LibraryProblem.of(context, bundle, failure.get());
    LOG.debug("library \"{}\": {}", load.library, problem.words(), failure.get());
    if (mine) {
      uninstall(bundle);
    }
    finish(load, missing(load.library, words(problem)));
  }

  private void late(Load load, BundleWork start) {
    if (!start.over()) {
      LibraryProblem problem = LibraryProblem.hanging(timeout, start);
      finish(load, missing(load.library, words(problem)));
    }
  }

  private void uninstall(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException | IllegalStateException e) {
      LOG.debug("bundle {} cannot be uninstalled", bundle, e);
    }
  }

  /**
   * Tells everyone who waits for this library, once; a load that ends after its deadline nobody.
   */
  private void finish(Load load, LoadOutcome outcome) {
    List<Consumer<LoadOutcome>> waiting;
    synchronized (loads) {
      loads.remove(load.library, load);
      waiting = List.copyOf(load.waiting);
      load.waiting.clear();
    }
    for (Consumer<LoadOutcome> done : waiting) {
      try {
        done.accept(outcome);
      } catch (RuntimeException | Error e) { // the others still have to be told
        LOG.error("library \"{}\": its loading could not be told", load.library, e);
      }
    }
  }

  private static boolean fragment(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  private static String words(LibraryProblem problem) {
    return problem.hint().startsWith("Did you mean")
        ? problem.words() + ". " + problem.hint()
        : problem.words();
  }

  private static LoadOutcome missing(String library, String words) {
    return new LoadOutcome.NotLoaded(
        new WorkerReason(
            WorkerReason.Code.BUNDLE_MISSING, "library \"%s\": %s".formatted(library, words)));
  }

  private static LoadOutcome stopped(Bundle bundle) {
    String words =
        "bundle \"%s\" (%d) was stopped; it runs again after \"start %d\""
            .formatted(bundle.getSymbolicName(), bundle.getBundleId(), bundle.getBundleId());
    return new LoadOutcome.NotLoaded(new WorkerReason(WorkerReason.Code.BUNDLE_STOPPED, words));
  }
}
