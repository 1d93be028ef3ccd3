// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs and updates bundles by way of the store, and knows where each came from.
 *
 * <p>Felix takes the location of a bundle for its life: an update can only be handed over as a
 * stream, which the framework copies. The store has these bytes all the same. A bundle that
 * somebody else installs or updates, from the shell for instance, gets its bytes into the store as
 * well, as a second name of the framework's own copy; its location and so its {@code update} stay
 * what they are.
 *
 * <p>The methods may be called from any thread.
 */
final class Installer implements SynchronousBundleListener {
  private static final Logger LOG = LoggerFactory.getLogger(Installer.class);

  /** Felix's directory of a revision: {@code version}, how often refreshed, how often updated. */
  private static final Pattern REVISION = Pattern.compile("version\\d+\\.\\d+");

  private final BundleContext context;
  private final BundleStore store;
  private final LoaderThread thread;
  private final Map<Long, Source> sources = new ConcurrentHashMap<>();

  /** A file as people know it, and its bytes in the store. */
  private record Source(String origin, Path kept) {}

  /**
   * Makes one.
   *
   * @param context the supervisor's
   * @param store where the bytes go
   * @param thread on which bytes of bundles that others install are taken into the store
   */
  Installer(BundleContext context, BundleStore store, LoaderThread thread) {
    this.context = context;
    this.store = store;
    this.thread = thread;
  }

  /** Listens, from now on, to what others install. */
  void open() {
    context.addBundleListener(this);
  }

  /**
   * Installs a jar.
   *
   * @param origin the jar as people know it
   * @throws UnusableJar if it is no whole jar
   * @throws IOException if its bytes cannot be read or kept
   * @throws BundleException if the framework refuses it
   */
  Bundle install(Path origin) throws IOException, BundleException {
    return install(origin, store.keep(origin));
  }

  /**
   * Installs a jar whose bytes are in the store.
   *
   * @param origin the jar as people know it
   * @param kept its file in the store
   */
  Bundle install(Path origin, Path kept) throws IOException, BundleException {
    String location = BundleStore.location(kept);
    Source source = new Source(origin.toString(), kept);
    Bundle taken = context.getBundle(location);
    if (taken != null && !kept.equals(kept(taken).orElse(kept))) {
      // It was installed from these bytes and has been updated since, but keeps its location.
      try (InputStream bytes = Files.newInputStream(kept)) {
        return remember(context.installBundle("store:" + kept.getFileName(), bytes), source);
      }
    }
    return remember(context.installBundle(location), source);
  }

  /**
   * Updates a bundle, which nobody may have started meanwhile.
   *
   * @param bundle a bundle that is not active
   * @param origin the jar as people know it
   * @param kept its file in the store
   */
  void update(Bundle bundle, Path origin, Path kept) throws IOException, BundleException {
    Optional<Source> before = Optional.ofNullable(sources.get(bundle.getBundleId()));
    remember(bundle, new Source(origin.toString(), kept));
    try (InputStream bytes = Files.newInputStream(kept)) {
      bundle.update(bytes);
    } catch (IOException | BundleException | RuntimeException e) {
      before.ifPresentOrElse(
          source -> remember(bundle, source), () -> sources.remove(bundle.getBundleId()));
      throw e;
    }
  }

  /** Returns where a bundle came from: a file, or its location. */
  String origin(Bundle bundle) {
    Source source = sources.get(bundle.getBundleId());
    return source == null ? bundle.getLocation() : source.origin();
  }

  /** Returns the file in the store that has a bundle's bytes; none for the distribution's own. */
  Optional<Path> kept(Bundle bundle) {
    return Optional.ofNullable(sources.get(bundle.getBundleId())).map(Source::kept);
  }

  /** Whether a bundle is the framework or came with the distribution. */
  boolean distributed(Bundle bundle) {
    return bundle.getBundleId() == 0
        || (BundleStore.byReference(bundle.getLocation()) && !store.holds(bundle.getLocation()));
  }

  /** Finds an installed bundle: of several the highest version in range. */
  Optional<Bundle> installed(LibraryName library) {
    Optional<Bundle> best = Optional.empty();
    for (Bundle bundle : context.getBundles()) {
      if (library.matches(bundle)
          && (best.isEmpty() || bundle.getVersion().compareTo(best.get().getVersion()) > 0)) {
        best = Optional.of(bundle);
      }
    }
    return best;
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    Bundle bundle = event.getBundle();
    switch (event.getType()) {
      case BundleEvent.INSTALLED -> {
        if (!BundleStore.byReference(bundle.getLocation())) {
          thread.run(() -> adopt(bundle));
        }
      }
      case BundleEvent.UPDATED -> thread.run(() -> adopt(bundle));
      case BundleEvent.UNINSTALLED -> sources.remove(bundle.getBundleId());
      default -> {}
    }
  }

  private Bundle remember(Bundle bundle, Source source) {
    sources.put(bundle.getBundleId(), source);
    return bundle;
  }

  private void adopt(Bundle bundle) {
    try {
      Optional<Path> copy = frameworksCopy(bundle);
      if (copy.isPresent()) {
        Path kept = store.adopt(copy.get());
        if (!kept.equals(kept(bundle).orElse(null))) {
          remember(bundle, new Source(bundle.getLocation(), kept));
        }
      }
    } catch (IOException | IllegalStateException e) {
      if (bundle.getState() != Bundle.UNINSTALLED) {
        LOG.warn("bundle {}: its bytes cannot be kept in the store", bundle, e);
      }
    }
  }

  /** The jar of the newest revision, when the framework has a copy of it in its cache. */
  private static Optional<Path> frameworksCopy(Bundle bundle) throws IOException {
    File data = bundle.getDataFile("");
    if (data == null) {
      return Optional.empty();
    }
    Path archive = data.toPath().toAbsolutePath().getParent();
    try (Stream<Path> children = Files.list(archive)) {
      return children
          .filter(child -> REVISION.matcher(child.getFileName().toString()).matches())
          .max(Comparator.comparing(Installer::revision))
          .map(newest -> newest.resolve("bundle.jar"))
          .filter(Files::exists);
    }
  }

  private static Version revision(Path directory) {
    return Version.parseVersion(directory.getFileName().toString().substring("version".length()));
  }
}
