// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The command {@code run}: a host in the foreground, from the instance's lock to the exit status.
 *
 * <p>In order: check the instance, take its lock, adopt its version, write the pid file, open the
 * control socket (so that a start that hangs can be stopped), hear signals, start the framework.
 * From there on the bundles work; this thread waits until the framework has stopped and tidies up.
 */
final class Host {

  /** How long the JVM's shutdown hooks may take once everything else is over. */
  private static final long HOOKS_MILLIS = 500;

  private static final long PID_WAIT_MILLIS = 1_000;

  private final Instance instance;
  private final Distribution distribution;
  private final Map<String, String> arguments;
  private final Trouble trouble;
  private final Sessions sessions;
  private final Ending ending;
  private final HostReport report;
  private final HostFramework framework;
  private final ClassArchive archive;
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<AutoCloseable> held = new ArrayList<>();

  Host(Instance instance, Distribution distribution, Map<String, String> arguments) {
    this.instance = instance;
    this.distribution = distribution;
    this.arguments = arguments;
    this.trouble = new Trouble(instance.consoleLog());
    this.sessions = new Sessions(trouble);
    this.ending = new Ending(sessions, trouble, this::end);
    this.archive = new ClassArchive(instance, distribution, trouble);
    this.report = new HostReport(instance, sessions, trouble, this::ready, ending::workersGone);
    this.framework = new HostFramework(distribution, ending);
  }

  /** Runs the host; returns only when it could not be started. */
  void run() throws Failure, InterruptedException {
    instance.prepare();
    takeLock();
    try {
      useOwnTemporaryDirectory();
      putOldCacheAside();
      Thread signals = open();
      Map<Integer, List<Path>> bundles = distribution.bundles();
      framework.make(
          FrameworkProperties.of(instance, distribution, bundles.keySet(), arguments),
          bundles,
          report);
      signals.join();
      framework.start();
    } catch (IOException e) {
      close();
      throw Failure.refusedBy(
          e, "instance %s: cannot be used".formatted(instance.base()), "detail: " + Words.of(e));
    } catch (Failure e) {
      close();
      throw e;
    }
    framework.awaitStop();
    end(ending.status(), true);
  }

  private void takeLock() throws Failure, InterruptedException {
    try {
      Optional<InstanceLock> lock = InstanceLock.take(instance);
      if (lock.isEmpty()) {
        archive.works(); // as far as it was needed
        throw alreadyRunning(instance);
      }
      held.add(lock.get());
    } catch (IOException e) {
      throw Failure.refusedBy(
          e, "instance %s: cannot be locked".formatted(instance.base()), "detail: " + Words.of(e));
    }
  }

  /** The host that has the lock writes its pid a moment later. */
  static Failure alreadyRunning(Instance instance) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PID_WAIT_MILLIS);
    Optional<PidFile> other = PidFile.live(instance);
    while (other.isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
      other = PidFile.live(instance);
    }
    return Failure.refused(
        "instance %s is already running (pid %s)"
            .formatted(
                instance.base(), other.map(file -> Long.toString(file.pid())).orElse("unknown")));
  }

  /** Nothing outside the instance is written, not by libraries either. */
  private void useOwnTemporaryDirectory() throws IOException {
    Path directory = instance.run().resolve("tmp");
    Files.createDirectories(directory);
    System.setProperty("java.io.tmpdir", directory.toString());
  }

  /**
   * The framework would empty its cache before it starts; that can wait until the host is ready.
   */
  private void putOldCacheAside() throws IOException {
    if (Files.exists(instance.cache()) && !Files.exists(instance.oldCache())) {
      Files.move(instance.cache(), instance.oldCache());
    }
  }

  /** Opens the instance's doors; returns the thread that is about to hear signals. */
  private Thread open() throws IOException, Failure {
    InstanceVersion.adopt(instance, Distribution.version());
    Arguments.write(instance.arguments(), arguments);
    report.open();
    ControlSocket socket =
        ControlSocket.bind(
            instance, new Conversation(sessions, ending, framework, trouble), trouble);
    held.add(socket);
    socket.open();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, problem) ->
            trouble.report("thread \"%s\" ended".formatted(thread.getName()), problem));
    // A worker may call System.exit: what lies in run/ must not outlive the host then either.
    Runtime.getRuntime().addShutdownHook(new Thread(this::tidy, "hostler-tidy"));
    // The reflection takes its time, which the framework need not wait for.
    Thread signals = new Thread(this::hearSignals, "hostler-signals");
    signals.start();
    return signals;
  }

  private void hearSignals() {
    Signals.handle("TERM", ending::signalled);
    Signals.handle("INT", ending::signalled);
    Signals.handle("HUP", () -> new Thread(this::reload, "hostler-reload").start());
  }

  private void ready() {
    archive.works();
    removeOldCache();
    if (ClassArchive.isTraining()) {
      ClassArchive.train(instance, () -> ending.order(StopMode.FAST));
    } else {
      archive.makeIfWanted();
    }
  }

  private void removeOldCache() {
    try {
      if (Files.exists(instance.oldCache())) {
        Trees.delete(instance.oldCache());
      }
    } catch (IOException e) {
      trouble.report("%s could not be removed".formatted(instance.oldCache()), e);
    }
  }

  /** SIGHUP is the command {@code reload}, asked by the host itself. */
  private void reload() {
    try {
      int status = ControlClient.request(instance, "reload", "", ControlClient.Output.ERRORS_ONLY);
      if (status != 0) {
        System.err.println("reload was refused: nothing is changed");
      }
    } catch (Failure e) {
      System.err.println(e.getMessage());
    }
  }

  /** Ends the JVM; the first caller wins, any other waits for that. */
  private void end(int status, boolean orderly) {
    if (over.compareAndSet(false, true)) {
      tidyUp(status);
      if (orderly) {
        haltIn(HOOKS_MILLIS, status);
        System.exit(status);
      }
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().halt(status);
    }
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().halt(status);
    }
  }

  private void tidyUp(int status) {
    try {
      report.drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tidy();
    sessions.closeAll(status);
  }

  private void haltIn(long millis, int status) {
    Thread thread =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(millis);
              } catch (InterruptedException early) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(status);
            },
            "hostler-halt");
    thread.setDaemon(true);
    thread.start();
  }

  /** Removes what only a running host leaves in {@code run/}, then lets go of the instance. */
  private synchronized void tidy() {
    if (held.isEmpty()) {
      return;
    }
    for (Path file : List.of(instance.pidFile(), instance.arguments())) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        trouble.report("%s could not be removed".formatted(file), e);
      }
    }
    close();
  }

  private synchronized void close() {
    for (int i = held.size() - 1; i >= 0; i--) {
      try {
        held.get(i).close();
      } catch (Exception e) {
        trouble.report("the instance could not be let go of in order", e);
      }
    }
    held.clear();
  }
}
