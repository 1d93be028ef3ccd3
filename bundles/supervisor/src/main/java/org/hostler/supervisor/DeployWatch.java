// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches {@code deploy/}: a thread that sleeps in the operating system's notification, and hands
 * the names of changed files to the loader's thread.
 *
 * <p>Notifications can be lost: when there are too many, when the directory is replaced, on file
 * systems of other machines. So the whole directory is compared at the start, after an overflow,
 * and every half minute; if it could not be watched, it is tried again then.
 */
final class DeployWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeployWatch.class);
  private static final Duration BETWEEN_COMPARISONS = Duration.ofSeconds(30);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Path path;
  private final LoaderThread thread;
  private final DeployDirectory directory;
  private volatile @Nullable WatchService watch;
  private volatile boolean closed;

  /**
   * Makes a watch that does nothing yet.
   *
   * @param path {@code deploy/}
   * @param thread the loader's thread
   * @param directory told what happens
   */
  DeployWatch(Path path, LoaderThread thread, DeployDirectory directory) {
    this.path = path;
    this.thread = thread;
    this.directory = directory;
  }

  /** Looks at what is there and watches from now on. Returns at once. */
  void open() {
    // Watched first: what arrives while the directory is listed is seen twice rather than never.
    boolean watched = watched();
    thread.run(directory::first);
    if (!watched) {
      LOG.warn("directory \"{}\" cannot be watched: it is looked at every second instead", path);
      thread.runAfter(BETWEEN_TRIES, this::tryAgain);
    }
    thread.runAfter(BETWEEN_COMPARISONS, this::compare);
  }

  /** Waits until everything that lay there at the start was started or found wanting. */
  boolean awaitFirst(Duration timeout) throws InterruptedException {
    return directory.awaitFirst(timeout);
  }

  /** Stops watching; what has begun goes on. */
  @Override
  public void close() {
    closed = true;
    WatchService open = watch;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("the watch of \"{}\" cannot be closed", path, e);
      }
    }
  }

  /** Sees to it that the directory is watched; says whether it is. */
  private boolean watched() {
    try {
      WatchService open = watch;
      if (open == null) {
        open = begin();
        watch = open;
      }
      path.register(
          open,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
      return true;
    } catch (IOException e) {
      LOG.debug("directory \"{}\" cannot be watched", path, e);
      return false;
    } catch (ClosedWatchServiceException e) {
      LOG.trace("the watch of \"{}\" is closed", path, e);
      return false;
    }
  }

  private WatchService begin() throws IOException {
    WatchService made = path.getFileSystem().newWatchService();
    Thread watcher = HostThreads.daemon("hostler-deploy", () -> watch(made));
    watcher.start();
    return made;
  }

  private void compare() {
    // Another directory may have taken its place; to watch the same one twice changes nothing.
    watched();
    directory.compare();
    thread.runAfter(BETWEEN_COMPARISONS, this::compare);
  }

  private void tryAgain() {
    boolean watched = watched();
    directory.compare();
    if (!watched && !closed) {
      thread.runAfter(BETWEEN_TRIES, this::tryAgain);
    }
  }

  private void watch(WatchService made) {
    try {
      while (!closed) {
        WatchKey key = made.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          if (event.context() instanceof Path name) {
            thread.run(() -> directory.touched(name.toString()));
          } else {
            thread.run(directory::compare);
          }
        }
        if (!key.reset()) {
          thread.runAfter(BETWEEN_TRIES, this::tryAgain);
        }
      }
    } catch (ClosedWatchServiceException e) {
      LOG.trace("the watch of \"{}\" is closed", path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
