// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of {@code deploy/}: which there are, and when one may be taken (fault F20).
 *
 * <ol>
 *   <li>Whatever is said to have happened to a file, it is looked at twice, the second time at once
 *       if it was last written before, as one that was moved here. When both looks see the same
 *       size, time and identity, nobody writes it just now; else it is looked at again.
 *   <li>Its bytes are copied into the store and the copy is checked: what is taken was whole.
 *   <li>A file that is no whole bundle is left alone until it changes. One that stays as it is for
 *       a while is named in the log, once: a slow copy is no news.
 *   <li>What a whole bundle means is decided by {@link DeployedBundles}.
 * </ol>
 *
 * <p>All methods but {@link #awaitFirst} are called on the loader's thread.
 */
final class DeployDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(DeployDirectory.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
  private static final Duration BEFORE_COMPLAINT = Duration.ofMillis(500);

  private final Path directory;
  private final LoaderThread thread;
  private final BundleStore store;
  private final DeployedBundles bundles;
  private final InstantSource clock;
  private final Map<String, DeployedFile> files = new HashMap<>();
  private final Set<DeployedFile> first = new HashSet<>();
  private final CountDownLatch firstDone = new CountDownLatch(1);
  private boolean unreadable;

  /**
   * Makes one.
   *
   * @param directory {@code deploy/}
   * @param thread the loader's thread
   * @param store where the bytes go
   * @param bundles what is done with whole bundles
   * @param clock what the times of files are compared with
   */
  DeployDirectory(
      Path directory,
      LoaderThread thread,
      BundleStore store,
      DeployedBundles bundles,
      InstantSource clock) {
    this.directory = directory;
    this.thread = thread;
    this.store = store;
    this.bundles = bundles;
    this.clock = clock;
  }

  /** Looks at everything that lies here when the host starts. */
  void first() {
    bundles.open(this::again, this::done);
    compare();
    first.addAll(files.values());
    first.forEach(file -> file.first = true);
    if (first.isEmpty()) {
      firstDone.countDown();
    }
  }

  /**
   * Waits until everything that lay here at the start was started or found wanting. May be called
   * from any thread.
   */
  boolean awaitFirst(Duration timeout) throws InterruptedException {
    return firstDone.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Compares the whole directory with what is known of it. */
  void compare() {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
      for (Path file : listing) {
        if (!Files.isDirectory(file)) {
          names.add(file.getFileName().toString());
        }
      }
      unreadable = false;
    } catch (IOException | DirectoryIteratorException e) {
      if (!unreadable) {
        LOG.warn("directory \"{}\": cannot be read: {}", directory, e.toString());
      }
      unreadable = true;
      return;
    }
    names.addAll(files.keySet());
    names.forEach(this::changed);
  }

  /** Looks at one file that may have changed. */
  void changed(String name) {
    if (!ignored(name)) {
      DeployedFile file =
          files.computeIfAbsent(name, key -> new DeployedFile(directory.resolve(key)));
      look(file);
    }
  }

  /** Looks at one file of which the system says that it was written, whatever its stamp says. */
  void touched(String name) {
    if (!ignored(name)) {
      changed(name);
      Optional.ofNullable(files.get(name)).ifPresent(file -> file.touched = true);
    }
  }

  private static boolean ignored(String name) {
    return name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".part");
  }

  private void again(DeployedFile file) {
    file.touched = true;
    look(file);
  }

  private void look(DeployedFile file) {
    if (!file.settling) {
      file.settling = true;
      file.seen = stamp(file);
      if (file.seen.filter(stamp -> stamp.atRest(clock.instant())).isPresent()) {
        thread.run(() -> lookAgain(file));
      } else {
        thread.runAfter(BETWEEN_LOOKS, () -> lookAgain(file));
      }
    }
  }

  private void lookAgain(DeployedFile file) {
    Optional<DeployedFile.Stamp> now = stamp(file);
    if (!now.equals(file.seen)) {
      file.seen = now;
      thread.runAfter(BETWEEN_LOOKS, () -> lookAgain(file));
      return;
    }
    file.settling = false;
    if (now.isEmpty()) {
      file.examined = now;
      file.kept = null;
      bundles.removed(file);
      if (file.bundle == null) {
        files.remove(file.toString(), file);
      }
    } else if (file.touched || file.unread || !now.equals(file.examined)) {
      file.touched = false;
      file.unread = false;
      file.examined = now;
      examine(file);
    }
  }

  private void examine(DeployedFile file) {
    try {
      if (!file.toString().endsWith(".jar")) {
        throw new UnusableJar(file.path(), "is ignored: its name does not end in .jar");
      }
      Path kept = store.keep(file.path());
      BundleJar jar = BundleJar.read(kept, file.path());
      if (!stamp(file).equals(file.examined)) {
        again(file);
      } else {
        bundles.present(file, jar, kept);
      }
    } catch (UnusableJar e) {
      complainLater(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      if (stamp(file).equals(file.examined)) {
        file.unread = true;
        complainLater(file, "cannot be read or kept: " + e);
      } else {
        again(file);
      }
    }
  }

  private void complainLater(DeployedFile file, String wrong) {
    done(file);
    Optional<DeployedFile.Stamp> examined = file.examined;
    thread.runAfter(
        BEFORE_COMPLAINT,
        () -> {
          String said = wrong + examined;
          boolean same = file.examined.equals(examined) && stamp(file).equals(examined);
          if (!file.touched && same && !file.said.equals(said)) {
            file.said = said;
            LOG.warn("deploy file \"{}\": {}", file, wrong);
          }
        });
  }

  private void done(DeployedFile file) {
    if (first.remove(file) && first.isEmpty()) {
      firstDone.countDown();
    }
  }

  private static Optional<DeployedFile.Stamp> stamp(DeployedFile file) {
    try {
      return file.stamp();
    } catch (IOException e) {
      // Nobody can say whether it is gone, so it is taken to be what it was.
      LOG.debug("deploy file \"{}\": cannot be looked at", file, e);
      return file.examined;
    }
  }
}
