// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.stat.HostStat;
import org.hostler.worker.stat.PreloadStat;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Everything that brings bundles into the host, put together: the store, the library path, loading
 * on demand, the preload list and {@code deploy/}.
 */
final class Loading implements SynchronousBundleListener {
  private final BundleContext context;
  private final HostProperties host;
  private final SettingsSnapshot settings;
  private final BundleStore store;
  private final LibraryPath path;
  private final Installer installer;
  private final Libraries libraries;
  private final ActiveOnce activeOnce = new ActiveOnce();
  private final LoaderThread thread = new LoaderThread();
  private final Structure structure;
  private final Loader loader;
  private volatile @Nullable Preload preload;
  private volatile @Nullable DeployWatch watch;

  /**
   * Makes it, with an empty store.
   *
   * @param context the supervisor's
   * @param host what the host has said
   * @param settings the settings in force at the start; those used here change by restart only
   */
  Loading(BundleContext context, HostProperties host, SettingsSnapshot settings) {
    this.context = context;
    this.host = host;
    this.settings = settings;
    try {
      store = BundleStore.open(host.base().resolve("run").resolve("store"));
    } catch (IOException e) {
      throw new UncheckedIOException("run/store: cannot be used", e);
    }
    path =
        new LibraryPath(
            settings.list(HostlerSettings.DYNAMIC_LIBRARY_PATH), host.base(), host.home());
    installer = new Installer(context, store, thread);
    libraries = new Libraries(context, path, installer);
    structure = new Structure(context);
    loader =
        new Loader(
            context,
            thread,
            libraries,
            activeOnce,
            structure,
            settings.duration(HostlerSettings.PRELOAD_TIMEOUT));
  }

  /** Loads on demand. */
  LibraryLoader loader() {
    return loader;
  }

  /** Returns every library and function that could be named. */
  FunctionCatalog catalog(LoadedFunctions loaded) {
    return new FunctionCatalog(context, path, installer, loaded);
  }

  /** Begins to follow the framework; before the core does, so that a stop ends loading first. */
  void open() {
    OpenDirectories.warn(host.base());
    context.addBundleListener(this);
    activeOnce.open(context);
    installer.open();
  }

  /** Returns what became of the preload list; empty before it is known. */
  List<PreloadStat> preloadStats() {
    Preload list = preload;
    return list == null ? List.of() : list.stats();
  }

  /** Works off the preload list when the framework has started, and then {@code deploy/}. */
  void bringUp(
      PreloadListener core,
      ComponentStates components,
      BiConsumer<String, String> report,
      IntConsumer exit,
      Supplier<HostStat> stat) {
    PreloadPlan plan =
        new PreloadPlan(
            settings.list(HostlerSettings.SHARED_PRELOAD_LIBRARIES),
            settings.duration(HostlerSettings.PRELOAD_TIMEOUT),
            settings.integer(HostlerSettings.START_LEVEL_BASE),
            host.lastLevel());
    Preload list =
        new Preload(
            context,
            plan,
            libraries,
            components,
            core,
            new Preload.Door(report, exit, host.startMillis(), InstantSource.system(), stat),
            timeout -> openDeploy().awaitFirst(timeout));
    preload = list;
    list.open();
  }

  private DeployWatch openDeploy() {
    Path deploy = host.base().resolve("deploy");
    BundleChanges changes =
        new BundleChanges(
            context,
            thread,
            installer,
            activeOnce,
            structure,
            settings.duration(HostlerSettings.PRELOAD_TIMEOUT));
    DeployedBundles bundles = new DeployedBundles(context, thread, installer, changes);
    DeployWatch made =
        new DeployWatch(
            deploy,
            thread,
            new DeployDirectory(deploy, thread, store, bundles, InstantSource.system()));
    watch = made;
    made.open();
    return made;
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
      close();
    } else if (event.getType() == BundleEvent.UNINSTALLED) {
      loader.uninstalled(event.getBundle());
    }
  }

  /** Loads nothing any more; what has begun goes on. */
  void close() {
    Preload list = preload;
    if (list != null) {
      list.close();
    }
    DeployWatch deploy = watch;
    if (deploy != null) {
      deploy.close();
    }
    thread.close();
  }
}
