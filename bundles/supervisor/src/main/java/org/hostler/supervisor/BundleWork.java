// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/**
 * A call into the framework that runs foreign code, on a thread of its own: an activator may hang
 * while it holds the framework's lock of its bundle, and nobody can stop it. Whoever waits for it
 * waits with a deadline and then says where it is.
 */
final class BundleWork {
  private final Thread thread;
  private volatile @Nullable Throwable failure;
  private volatile boolean over;

  /** What is to be done. */
  @FunctionalInterface
  interface Step {
    /** Does it. */
    void run() throws BundleException, IOException, InterruptedException;
  }

  private BundleWork(String name, Step step, Consumer<Optional<Throwable>> whenOver) {
    thread = HostThreads.daemon("hostler-" + name, () -> work(step, whenOver));
  }

  /**
   * Begins some work.
   *
   * @param name says on the thread what it is
   * @param step the work
   * @param whenOver called on that thread when the work is over, with what it threw
   */
  static BundleWork begin(String name, Step step, Consumer<Optional<Throwable>> whenOver) {
    BundleWork work = new BundleWork(name, step, whenOver);
    work.thread.start();
    return work;
  }

  /** Whether the work has ended. */
  boolean over() {
    return over;
  }

  /**
   * Waits until the work has ended.
   *
   * @return whether it has
   */
  boolean await(Duration timeout) throws InterruptedException {
    thread.join(Math.max(1, timeout.toMillis()));
    if (Thread.interrupted()) {
      // Joining a thread that has ended does not look.
      throw new InterruptedException();
    }
    return over;
  }

  /** What the work has thrown; empty when it succeeded or has not ended. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Where work that has not ended is, in one line: its top frame, and whose code called that. */
  String whereabouts() {
    StackTraceElement[] stack = thread.getStackTrace();
    if (stack.length == 0) {
      return "its thread has ended";
    }
    Optional<StackTraceElement> foreign =
        Arrays.stream(stack).filter(frame -> frame.getModuleName() == null).findFirst();
    return "it is at "
        + stack[0]
        + foreign.filter(frame -> frame != stack[0]).map(frame -> ", from " + frame).orElse("");
  }

  private void work(Step step, Consumer<Optional<Throwable>> whenOver) {
    try {
      step.run();
    } catch (Exception | Error e) {
      failure = e;
    } finally {
      over = true;
      whenOver.accept(failure());
    }
  }
}
