// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hostler.worker.stat.HostStat;
import org.hostler.worker.stat.PreloadStat;
import org.hostler.worker.stat.WorkerState;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off {@code shared_preload_libraries} when the framework has started, and brings the host up
 * (contract G4–G7).
 *
 * <ol>
 *   <li>Every entry is looked up and installed, in order, while the framework still starts: what is
 *       missing is known before anything of the list was started.
 *   <li>Each is started at its own level, in order, on a thread of its own and with a deadline. The
 *       framework's own start by level would give a failure to another thread, in no order, and a
 *       hanging activator would block the framework for good.
 *   <li>The list is sealed, the phase is {@code run} or what the default database allows, workers
 *       are launched. When every static worker whose start time has come was launched once, the
 *       host is ready and says so.
 *   <li>Then comes what nobody waits for: {@code deploy/} at its level, then the shell.
 * </ol>
 *
 * <p>An entry that is missing, does not resolve, throws or hangs ends the start of the host with
 * status 1. A component that is not satisfied does not: it is shown by {@link #stats}. Nor does a
 * default database that is down: what waits for it stays pending.
 */
final class Preload implements FrameworkListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Preload.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  /** Longer than a database that is up takes; one that is down must not keep the host waiting. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);

  private final BundleContext context;
  private final FrameworkStartLevel levels;
  private final PreloadPlan plan;
  private final Libraries libraries;
  private final ComponentStates components;
  private final PreloadListener listener;
  private final Door door;
  private final List<PreloadEntry> entries;
  private final Thread thread;
  private final CountDownLatch started = new CountDownLatch(1);

  /**
   * How the preload list meets the host.
   *
   * @param report takes {@code ready} and {@code error}
   * @param exit takes the host's exit status
   * @param startMillis when the JVM was started, wall clock
   * @param clock the wall clock
   * @param stat the host at a moment, for the ready line
   */
  record Door(
      BiConsumer<String, String> report,
      IntConsumer exit,
      long startMillis,
      InstantSource clock,
      Supplier<HostStat> stat) {}

  /** Begins to watch {@code deploy/}. */
  interface Deploy {
    /** Returns when everything that lies there was started, or after this time. */
    void open(Duration timeout) throws InterruptedException;
  }

  /**
   * Makes one that begins when the framework has started.
   *
   * @param context the supervisor's
   * @param plan what the settings say
   * @param libraries where libraries are found
   * @param components tells what components lack
   * @param listener the core
   * @param door the host
   * @param deploy called when {@code deploy/}'s start level is reached
   */
  Preload(
      BundleContext context,
      PreloadPlan plan,
      Libraries libraries,
      ComponentStates components,
      PreloadListener listener,
      Door door,
      Deploy deploy) {
    this.context = context;
    this.levels = context.getBundle(0).adapt(FrameworkStartLevel.class);
    this.plan = plan;
    this.libraries = libraries;
    this.components = components;
    this.listener = listener;
    this.door = door;
    this.entries =
        IntStream.range(0, plan.entries().size())
            .mapToObj(i -> new PreloadEntry(plan.entries().get(i), plan.levelOf(i)))
            .toList();
    this.thread = HostThreads.daemon("hostler-preload", () -> bringUp(deploy));
  }

  /** Begins to install; starts the entries when the framework has started, or has already. */
  void open() {
    context.addFrameworkListener(this);
    if (context.getBundle(0).getState() == Bundle.ACTIVE) {
      started.countDown();
    }
    thread.start();
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) {
      started.countDown();
    }
  }

  /** Returns what became of each entry, in the order of the list; may be called at any time. */
  List<PreloadStat> stats() {
    return entries.stream().map(entry -> entry.stat(components)).toList();
  }

  /** Gives up what is not done yet. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void bringUp(Deploy deploy) {
    try {
      if (loadAll()) {
        listener.seal();
        listener.phase(HostStat.Phase.RUN);
        listener.awaitDatabase(FIRST_ANSWER);
        awaitSettled();
        door.report().accept("ready", readyLine());
        raise(plan.deployLevel());
        levels.setInitialBundleStartLevel(plan.deployLevel());
        deploy.open(plan.timeout());
        raise(plan.lastLevel());
      }
    } catch (InterruptedException e) {
      LOG.debug("the host stops before it was up");
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      if (!stopping()) {
        LOG.error("the host cannot be brought up", e);
        fail("the host cannot be brought up: " + e, "", "The log has the stack trace.");
      }
    }
  }

  private boolean loadAll() throws InterruptedException {
    PreloadEntry current = null;
    try {
      try {
        for (PreloadEntry entry : entries) {
          current = entry;
          entry.install(context, libraries);
        }
      } finally {
        // Whatever was found out: nobody can stop a framework that has not started yet.
        started.await();
        context.removeFrameworkListener(this);
      }
      for (PreloadEntry entry : entries) {
        current = entry;
        raise(entry.level());
        entry.start(context, listener, plan.timeout());
      }
      return true;
    } catch (LibraryProblem problem) {
      if (!stopping()) {
        LOG.error("preload entry \"{}\": {}", current, problem.words(), problem.getCause());
        fail(
            "preload entry \"%s\": %s".formatted(current, problem.getMessage()),
            problem.detail(),
            problem.hint());
      }
      return false;
    }
  }

  private void fail(String message, String detail, String hint) {
    StringBuilder text = new StringBuilder(message);
    if (!detail.isEmpty()) {
      text.append("\ndetail: ").append(detail);
    }
    if (!hint.isEmpty()) {
      text.append("\nhint: ").append(hint);
    }
    door.report().accept("error", text.toString());
    door.exit().accept(1);
  }

  private boolean stopping() {
    int state = context.getBundle(0).getState();
    return state == Bundle.STOPPING || state == Bundle.RESOLVED || Thread.interrupted();
  }

  private void awaitSettled() throws InterruptedException {
    while (!listener.awaitSettled(BETWEEN_LOOKS)) {
      LOG.warn("not ready yet: a static worker was not launched within {}", BETWEEN_LOOKS);
    }
  }

  /** Raises the framework's start level and waits until that is done. */
  private void raise(int level) throws InterruptedException {
    if (levels.getStartLevel() < level) {
      CountDownLatch reached = new CountDownLatch(1);
      levels.setStartLevel(level, event -> reached.countDown());
      reached.await();
    }
  }

  private String readyLine() {
    HostStat now = door.stat().get();
    StringBuilder line = new StringBuilder();
    line.append("ready in ").append(door.clock().millis() - door.startMillis()).append(" ms: ");
    line.append(count(now, WorkerState.RUNNING) + count(now, WorkerState.READY));
    line.append(" workers running");
    for (WorkerState state : List.of(WorkerState.BACKOFF, WorkerState.PARKED)) {
      if (count(now, state) > 0) {
        line.append(", ").append(count(now, state)).append(' ').append(state);
      }
    }
    if (now.phase() != HostStat.Phase.RUN) {
      line.append("; state ").append(now.phase());
    }
    return line.toString();
  }

  private static int count(HostStat host, WorkerState state) {
    return host.workers().getOrDefault(state, 0);
  }
}
