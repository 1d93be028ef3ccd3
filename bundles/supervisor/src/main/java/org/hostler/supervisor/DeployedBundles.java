// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.VersionRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the files of {@code deploy/} mean for bundles. One bundle stands for one symbolic name.
 *
 * <ol>
 *   <li>A name that is not installed yet: installed and started.
 *   <li>A file that owns its bundle and has new bytes: the bundle is updated, whatever the version.
 *   <li>A name that is installed with another version: updated, and the file owns the bundle from
 *       now on; the file before is superseded and of no account. Of two that lie there when the
 *       host starts the higher version wins.
 *   <li>A name that is installed with this very version, or comes with the distribution: refused,
 *       until that is uninstalled.
 *   <li>The owner is removed: the bundle is uninstalled, and what was wired to it is refreshed.
 * </ol>
 *
 * <p>Only the loader's thread calls this.
 */
final class DeployedBundles implements BundleListener {
  private static final Logger LOG = LoggerFactory.getLogger(DeployedBundles.class);
  private static final VersionRange ANY = new VersionRange("0");

  private final BundleContext context;
  private final LoaderThread thread;
  private final Installer installer;
  private final BundleChanges changes;
  private final Set<DeployedFile> refused = new LinkedHashSet<>();
  private final AtomicBoolean poked = new AtomicBoolean();
  private Consumer<DeployedFile> again = file -> {};
  private Consumer<DeployedFile> done = file -> {};

  /**
   * Makes one.
   *
   * @param context the supervisor's
   * @param thread the loader's thread
   * @param installer knows what is installed and where from
   * @param changes carries out what is decided here
   */
  DeployedBundles(
      BundleContext context, LoaderThread thread, Installer installer, BundleChanges changes) {
    this.context = context;
    this.thread = thread;
    this.installer = installer;
    this.changes = changes;
  }

  /**
   * Begins to listen to what else happens to bundles.
   *
   * @param again asks for another look at a file
   * @param done told when a file was dealt with
   */
  void open(Consumer<DeployedFile> again, Consumer<DeployedFile> done) {
    this.again = again;
    this.done = done;
    changes.open(again, done);
    context.addBundleListener(this);
  }

  /**
   * A whole bundle lies there.
   *
   * @param file the file
   * @param jar what it is
   * @param kept its bytes
   */
  void present(DeployedFile file, BundleJar jar, Path kept) {
    Optional<Bundle> own = file.owned();
    if (changes.postponed(file, jar.symbolicName())
        || (own.isPresent() && changes.postponed(file, own.get().getSymbolicName()))) {
      return;
    }
    boolean gone = file.bundle != null && own.isEmpty();
    if (kept.equals(file.kept) && file.refusedFor.isEmpty() && !gone) {
      done.accept(file);
      return;
    }
    file.kept = kept;
    accept(file);
    if (own.isEmpty()) {
      arrived(file, jar, kept);
    } else if (own.get().getSymbolicName().equals(jar.symbolicName())) {
      changes.update(file, own.get(), jar, kept);
    } else {
      file.kept = null;
      changes.uninstall(file, own.get(), () -> again.accept(file));
    }
  }

  /** The file is not there any more. */
  void removed(DeployedFile file) {
    Optional<Bundle> own = file.owned();
    accept(file);
    if (own.isEmpty()) {
      file.bundle = null;
      done.accept(file);
    } else if (!changes.postponed(file, own.get().getSymbolicName())) {
      changes.uninstall(file, own.get(), () -> {});
    }
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    // Whatever happened, something may fit now that did not before; often many things at once.
    if (poked.compareAndSet(false, true)) {
      thread.run(
          () -> {
            poked.set(false);
            changes.retry();
            List.copyOf(refused).stream()
                .filter(file -> file.refusedFor.flatMap(this::installed).isEmpty())
                .forEach(again);
          });
    }
  }

  private Optional<Bundle> installed(String symbolicName) {
    return installer.installed(new LibraryName(symbolicName, ANY));
  }

  private void arrived(DeployedFile file, BundleJar jar, Path kept) {
    Optional<Bundle> here = installed(jar.symbolicName());
    if (here.isEmpty()) {
      changes.install(file, jar, kept);
      return;
    }
    Bundle bundle = here.get();
    Optional<DeployedFile> owner = changes.owner(bundle);
    int newer = jar.version().compareTo(bundle.getVersion());
    if (installer.distributed(bundle)) {
      refuse(file, "bundle %s comes with the distribution".formatted(jar.title()), bundle);
    } else if (newer == 0) {
      String from = owner.map(DeployedFile::toString).orElseGet(() -> installer.origin(bundle));
      refuse(file, "bundle %s is already here from \"%s\"".formatted(jar.title(), from), bundle);
    } else if (newer < 0 && file.first && owner.filter(before -> before.first).isPresent()) {
      LOG.info(BundleChanges.SUPERSEDED, file.path(), owner.get(), bundle.getVersion());
      done.accept(file);
    } else {
      changes.update(file, bundle, jar, kept);
    }
  }

  private void accept(DeployedFile file) {
    file.refusedFor = Optional.empty();
    refused.remove(file);
  }

  private void refuse(DeployedFile file, String why, Bundle infavour) {
    LOG.warn("deploy file \"{}\": refused: {}", file, why);
    file.refusedFor = Optional.of(infavour.getSymbolicName());
    refused.add(file);
    done.accept(file);
  }
}
