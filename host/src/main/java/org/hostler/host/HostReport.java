// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * What the supervisor tells the host: {@code state}, {@code ready}, {@code late}, {@code workers}
 * (they are gone), {@code error}; a key that this host does not know is passed over, so that a
 * newer supervisor may say more.
 *
 * <p>Callers are never held up: one thread writes the pid file, the terminal and the sockets, in
 * the order of the reports.
 */
final class HostReport implements BiConsumer<String, String> {

  private static final long DRAIN_MILLIS = 500;

  /** It counts in these, as {@link Ending} does. */
  private static final long SLICE_MILLIS = 20;

  private final BlockingQueue<Runnable> reports = new LinkedBlockingQueue<>();
  private final Instance instance;
  private final Sessions sessions;
  private final Trouble trouble;
  private final Runnable whenReady;
  private final Runnable whenWorkersGone;
  private PidFile pidFile;

  HostReport(
      Instance instance,
      Sessions sessions,
      Trouble trouble,
      Runnable whenReady,
      Runnable whenWorkersGone) {
    this.instance = instance;
    this.sessions = sessions;
    this.trouble = trouble;
    this.whenReady = whenReady;
    this.whenWorkersGone = whenWorkersGone;
    this.pidFile =
        new PidFile(ProcessHandle.current().pid(), "startup", "", instance.base().toString());
  }

  /** Writes the first pid file and begins to take reports. */
  void open() throws IOException {
    pidFile.write(instance.pidFile());
    Thread thread = new Thread(this::work, "hostler-report");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void accept(String key, String text) {
    reports.add(() -> write(key, text));
  }

  /** Waits, not for long, until everything reported so far is written. */
  void drain() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    reports.add(done::countDown);
    boolean drained = false;
    for (long left = DRAIN_MILLIS; left > 0 && !drained; left -= SLICE_MILLIS) {
      drained = done.await(SLICE_MILLIS, TimeUnit.MILLISECONDS);
    }
    if (!drained) {
      System.err.println("host: its last reports could not be written in time");
    }
  }

  private void work() {
    try {
      for (; ; ) {
        reports.take().run();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(String key, String text) {
    switch (key) {
      case "state" ->
          replace(new PidFile(pidFile.pid(), text, pidFile.readyLine(), pidFile.base()));
      case "ready" -> {
        replace(new PidFile(pidFile.pid(), pidFile.state(), text, pidFile.base()));
        System.out.println(text);
        whenReady.run();
      }
      case "late" -> {
        System.err.println("late: " + text);
        sessions.tellStopping("late: " + text);
      }
      case "workers" -> whenWorkersGone.run();
      case "error" -> FailureNote.write(text);
      default -> {}
    }
  }

  private void replace(PidFile next) {
    pidFile = next;
    try {
      next.write(instance.pidFile());
    } catch (IOException e) {
      trouble.report("%s could not be written".formatted(instance.pidFile()), e);
    }
  }
}
