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

  private final Path path;
  private final LoaderThread thread;
  private final DeployDirectory directory;
  private final WatchService watch;
  private volatile boolean closed;

  /**
   * Makes a watch that does nothing yet.
   *
   * @param path {@code deploy/}
   * @param thread the loader's thread
   * @param directory told what happens
   * @throws IOException if the system has no notifications to give
   */
  DeployWatch(Path path, LoaderThread thread, DeployDirectory directory) throws IOException {
    this.path = path;
    this.thread = thread;
    this.directory = directory;
    this.watch = path.getFileSystem().newWatchService();
  }

  /** Looks at what is there and watches from now on. Returns at once. */
  void open() {
    // Watched first: what arrives while the directory is listed is seen twice rather than never.
    register();
    thread.run(directory::first);
    thread.runAfter(BETWEEN_COMPARISONS, this::compare);
    Thread watcher = new Thread(null, this::watch, "hostler-deploy", 0, false);
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Waits until everything that lay there at the start was started or found wanting. */
  boolean awaitFirst(Duration timeout) throws InterruptedException {
    return directory.awaitFirst(timeout);
  }

  /** Stops watching; what has begun goes on. */
  @Override
  public void close() {
    closed = true;
    try {
      watch.close();
    } catch (IOException e) {
      LOG.debug("the watch of \"{}\" cannot be closed", path, e);
    }
  }

  private void register() {
    try {
      path.register(
          watch,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      LOG.debug("directory \"{}\" cannot be watched", path, e);
    } catch (ClosedWatchServiceException e) {
      LOG.trace("the watch of \"{}\" is closed", path, e);
    }
  }

  private void compare() {
    if (!closed) {
      // Registering a directory that is watched already changes nothing.
      register();
      directory.compare();
      thread.runAfter(BETWEEN_COMPARISONS, this::compare);
    }
  }

  private void watch() {
    try {
      while (!closed) {
        WatchKey key = watch.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          if (event.context() instanceof Path name) {
            thread.run(() -> directory.touched(name.toString()));
          } else {
            thread.run(directory::compare);
          }
        }
        key.reset();
      }
    } catch (ClosedWatchServiceException e) {
      LOG.trace("the watch of \"{}\" is closed", path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
