// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hostler.worker.DurationText;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs, updates, starts and uninstalls the bundles of {@code deploy/}, and knows which file
 * owns which.
 *
 * <p>Updating is stopping, updating and starting: each part can say what went wrong. A bundle that
 * somebody stopped is updated and stays stopped. All of it may run foreign code and wait for
 * workers to stop, so it is done by {@link BundleWork}, one at a time for each symbolic name:
 * meanwhile the files of that name are {@linkplain #postponed postponed}, others are not. Only the
 * loader's thread calls this.
 */
final class BundleChanges {
  private static final Logger LOG = LoggerFactory.getLogger(BundleChanges.class);

  /** Says that a file does not count any more, because of another one and its version. */
  static final String SUPERSEDED =
      "file \"{}\": superseded by \"{}\", which has version {}; removing it does nothing";

  private final BundleContext context;
  private final LoaderThread thread;
  private final Installer installer;
  private final ActiveOnce activeOnce;
  private final Duration timeout;
  private final WaitingBundles waiting;
  private final Structure structure;
  private final Map<Bundle, DeployedFile> owners = new HashMap<>();
  private final Map<String, Set<DeployedFile>> busy = new HashMap<>();
  private Consumer<DeployedFile> again = file -> {};
  private Consumer<DeployedFile> done = file -> {};

  /**
   * Makes one.
   *
   * @param context the supervisor's
   * @param thread the loader's thread
   * @param installer how bundles are installed and updated
   * @param activeOnce which bundles were stopped by somebody
   * @param structure how the framework is changed
   * @param timeout how long an activator may take before the log says where it is
   */
  BundleChanges(
      BundleContext context,
      LoaderThread thread,
      Installer installer,
      ActiveOnce activeOnce,
      Structure structure,
      Duration timeout) {
    this.context = context;
    this.thread = thread;
    this.installer = installer;
    this.activeOnce = activeOnce;
    this.timeout = timeout;
    this.waiting = new WaitingBundles(context, thread);
    this.structure = structure;
  }

  /**
   * Says whom to tell.
   *
   * @param again asks for another look at a file
   * @param done told when a file was dealt with
   */
  void open(Consumer<DeployedFile> again, Consumer<DeployedFile> done) {
    this.again = again;
    this.done = done;
  }

  /** Returns the file that owns a bundle. */
  Optional<DeployedFile> owner(Bundle bundle) {
    return Optional.ofNullable(owners.get(bundle));
  }

  /** Starts the bundles that can be resolved by now. */
  void retry() {
    waiting.retry(bundle -> start(bundle, owner(bundle)));
  }

  private void own(DeployedFile file, Bundle bundle) {
    Optional.ofNullable(owners.put(bundle, file))
        .filter(before -> before != file)
        .ifPresent(before -> before.bundle = null);
    file.bundle = bundle;
  }

  void install(DeployedFile file, BundleJar jar, Path kept) {
    try {
      Bundle bundle = installer.install(file.path(), kept);
      own(file, bundle);
      launch(file, bundle, jar);
    } catch (IOException | BundleException e) {
      LOG.warn("deploy file \"{}\": the framework refuses it: {}", file, e.getMessage());
      done.accept(file);
    }
  }

  private void launch(DeployedFile file, Bundle bundle, BundleJar jar) {
    if (jar.fragment()) {
      work(
          "attach",
          Optional.of(file),
          bundle,
          () -> lost(structure.attach(bundle)),
          thrown -> LOG.info("deploy file \"{}\": fragment {} is here", file, bundle));
    } else {
      start(bundle, Optional.of(file));
    }
  }

  private void start(Bundle bundle, Optional<DeployedFile> file) {
    work(
        "start",
        file,
        bundle,
        () -> structure.start(bundle, 0),
        thrown -> started(bundle, file, thrown));
  }

  private void started(Bundle bundle, Optional<DeployedFile> file, Optional<Throwable> thrown) {
    String subject = subject(bundle, file);
    if (thrown.isEmpty()) {
      LOG.info("{}: bundle {} {} started", subject, bundle, bundle.getVersion());
      return;
    }
    activeOnce.forget(bundle);
    if (thrown.get() instanceof BundleException e && e.getType() == BundleException.RESOLVE_ERROR) {
      waiting.add(bundle, subject, String.valueOf(e.getMessage()));
    } else if (bundle.getState() != Bundle.UNINSTALLED) {
      LibraryProblem problem = LibraryProblem.of(context, bundle, thrown.get());
      LOG.warn("{}: bundle {}: {}", subject, bundle, problem.words(), thrown.get());
    }
  }

  private String subject(Bundle bundle, Optional<DeployedFile> file) {
    return file.map("deploy file \"%s\""::formatted)
        .orElseGet(() -> "file \"%s\"".formatted(installer.origin(bundle)));
  }

  void update(DeployedFile file, Bundle bundle, BundleJar jar, Path kept) {
    boolean stays = activeOnce.stopped(bundle) && !waiting.contains(bundle);
    Version before = bundle.getVersion();
    String origin = installer.origin(bundle);
    work(
        "update",
        Optional.of(file),
        bundle,
        () -> stopAndUpdate(bundle, file.path(), kept),
        thrown -> {
          if (thrown.isPresent()) {
            LibraryProblem problem = LibraryProblem.of(context, bundle, thrown.get());
            LOG.warn(
                "deploy file \"{}\": bundle {} cannot be updated: {}",
                file,
                bundle,
                problem.words(),
                thrown.get());
            file.kept = null;
            return;
          }
          waiting.remove(bundle);
          own(file, bundle);
          LOG.info(
              "deploy file \"{}\": bundle {} updated from {} to {}{}",
              file,
              bundle,
              before,
              jar.version(),
              stays ? "; it stays stopped" : "");
          if (!origin.equals(file.path().toString())) {
            LOG.info(SUPERSEDED, origin, file, jar.version());
          }
          if (!stays) {
            launch(file, bundle, jar);
          }
        });
  }

  private void stopAndUpdate(Bundle bundle, Path origin, Path kept)
      throws BundleException, IOException, InterruptedException {
    boolean active = bundle.getState() == Bundle.ACTIVE;
    try {
      lost(structure.update(bundle, () -> installer.update(bundle, origin, kept)));
    } catch (BundleException | IOException | RuntimeException e) {
      if (active) {
        bundle.start(Bundle.START_TRANSIENT);
      }
      throw e;
    }
  }

  void uninstall(DeployedFile file, Bundle bundle, Runnable then) {
    work(
        "uninstall",
        Optional.of(file),
        bundle,
        () -> lost(structure.uninstall(bundle)),
        thrown -> {
          if (bundle.getState() != Bundle.UNINSTALLED) {
            // The file goes on owning it, and the next comparison of the directory tries again.
            LOG.warn(
                "deploy file \"{}\": bundle {} cannot be uninstalled",
                file,
                bundle,
                thrown.orElse(null));
            return;
          }
          owners.remove(bundle);
          waiting.remove(bundle);
          file.bundle = null;
          LOG.info("deploy file \"{}\": bundle {} uninstalled", file, bundle);
          then.run();
        });
  }

  /** Lets bundles that have lost what they were wired to wait for it; nobody stopped them. */
  private void lost(List<Bundle> bundles) {
    for (Bundle bundle : bundles) {
      activeOnce.forget(bundle);
      thread.run(
          () -> waiting.add(bundle, subject(bundle, owner(bundle)), "cannot be resolved any more"));
    }
  }

  /** Whether the bundle of this name is being worked on; the file is then looked at again later. */
  boolean postponed(DeployedFile file, String symbolicName) {
    Set<DeployedFile> files = busy.get(symbolicName);
    if (files == null) {
      return false;
    }
    files.add(file);
    return true;
  }

  private void work(
      String verb,
      Optional<DeployedFile> file,
      Bundle bundle,
      BundleWork.Step step,
      Consumer<Optional<Throwable>> then) {
    String name = bundle.getSymbolicName();
    busy.put(name, new LinkedHashSet<>());
    BundleWork work =
        BundleWork.begin(
            verb + "-" + name,
            step,
            thrown ->
                thread.run(
                    () -> {
                      Set<DeployedFile> files =
                          Optional.ofNullable(busy.remove(name)).orElse(Set.of());
                      then.accept(thrown);
                      file.ifPresent(done);
                      files.forEach(again);
                    }));
    thread.runAfter(
        timeout,
        () -> {
          String where = work.whereabouts();
          if (!work.over()) {
            LOG.warn(
                "{}: {} of bundle {} has not ended within {}: {}",
                subject(bundle, file),
                verb,
                bundle,
                DurationText.format(timeout),
                where);
            file.ifPresent(done);
          }
        });
  }
}
