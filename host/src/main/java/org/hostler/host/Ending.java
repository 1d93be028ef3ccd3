// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * When, how and with which status the host ends.
 *
 * <p>Orders come from signals, the control socket, the supervisor and the framework itself; they
 * may come at any moment, from any thread, and more than once. None of them blocks. One thread
 * carries them out:
 *
 * <ol>
 *   <li>smart: it waits until nobody works on the control socket any more;
 *   <li>fast: it has the supervisor end the workers, which takes at most the time of their
 *       deadline, and then asks the framework to stop. (When somebody else stops the framework, the
 *       supervisor hears the system bundle's STOPPING and does the same);
 *   <li>the supervisor's word, or the first other bundle that stops, shows that this is over: from
 *       then on bundles have {@link #BUNDLES_GRACE}, and who is late is halted with status 1.
 *       (Where an activator hangs, the framework waits for its lock and no bundle ever stops.)
 * </ol>
 *
 * <p>Immediate is carried out on the spot. A framework that does not even begin to stop (an
 * activator of the distribution hangs in its start) is halted after {@link #BEGIN_GRACE}.
 */
final class Ending implements IntConsumer {
  private static final long BUNDLES_GRACE = TimeUnit.SECONDS.toNanos(1);
  private static final long BEGIN_GRACE = TimeUnit.SECONDS.toNanos(2);

  /** Graces count in these, however late their end is seen: a machine that stalls eats none. */
  private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(20);

  /** What is left to do when the framework is no more, or must not be waited for. */
  interface Last {
    /** Tidies up and ends the JVM; {@code orderly} runs its shutdown hooks. Does not return. */
    void end(int status, boolean orderly);
  }

  private enum Progress {
    RUNNING,
    ORDERED,
    STOPPING,
    WORKERS_GONE,
    STOPPED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Sessions sessions;
  private final Trouble trouble;
  private final Last last;
  private Progress progress = Progress.RUNNING;
  private boolean waitForSessions;
  private int status;

  Ending(Sessions sessions, Trouble trouble, Last last) {
    this.sessions = sessions;
    this.trouble = trouble;
    this.last = last;
  }

  /** The host's exit status becomes this, the largest wins; a host that runs stops fast. */
  @Override
  public void accept(int exitStatus) {
    lock.lock();
    try {
      status = Math.max(status, exitStatus);
    } finally {
      lock.unlock();
    }
    order(StopMode.FAST);
  }

  /** Asks the host to stop; a milder order than one already given changes nothing. */
  void order(StopMode mode) {
    if (mode == StopMode.IMMEDIATE) {
      last.end(0, false);
    }
    if (mode == StopMode.SMART) {
      sessions.refuseWork();
    }
    lock.lock();
    try {
      if (progress == Progress.RUNNING) {
        progress = Progress.ORDERED;
        waitForSessions = mode == StopMode.SMART;
      } else if (mode == StopMode.FAST) {
        waitForSessions = false;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A signal that asks for an end: fast, and at once when it is not the first. */
  void signalled() {
    order(isOrdered() && !isWaitingForSessions() ? StopMode.IMMEDIATE : StopMode.FAST);
  }

  boolean isOrdered() {
    lock.lock();
    try {
      return progress != Progress.RUNNING;
    } finally {
      lock.unlock();
    }
  }

  private boolean isWaitingForSessions() {
    lock.lock();
    try {
      return waitForSessions;
    } finally {
      lock.unlock();
    }
  }

  int status() {
    lock.lock();
    try {
      return status;
    } finally {
      lock.unlock();
    }
  }

  /** The system bundle is STOPPING: somebody, perhaps a shell, has asked the framework itself. */
  void frameworkStopping() {
    advance(Progress.STOPPING);
  }

  /** A bundle other than the system bundle stops. */
  void bundleStopping() {
    if (isAtLeast(Progress.STOPPING)) {
      workersGone();
    }
  }

  /**
   * The supervisor, which has heard that the framework is stopping, is done with its workers; it
   * may have heard before us.
   */
  void workersGone() {
    advance(Progress.WORKERS_GONE);
  }

  void frameworkStopped() {
    advance(Progress.STOPPED);
  }

  private void advance(Progress next) {
    lock.lock();
    try {
      if (next.compareTo(progress) > 0) {
        progress = next;
        waitForSessions = false;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Starts the thread that carries orders out on the framework. */
  void guard(Framework framework) {
    Thread thread = new Thread(() -> carryOut(framework), "hostler-stop");
    thread.setDaemon(true);
    thread.start();
  }

  private void carryOut(Framework framework) {
    try {
      awaitAtLeast(Progress.ORDERED, Long.MAX_VALUE);
      if (isWaitingForSessions()) {
        awaitSessions();
      }
      if (!isAtLeast(Progress.STOPPING)) {
        stopWorkers(framework);
        framework.stop();
      }
      if (!awaitBegin(framework)) {
        halt("the framework did not begin to stop");
      }
      awaitAtLeast(Progress.WORKERS_GONE, Long.MAX_VALUE);
      if (!awaitStopped()) {
        halt("bundles did not stop in time");
      }
    } catch (BundleException e) {
      trouble.write("the framework could not be stopped", e);
      halt("the framework could not be stopped");
    } catch (InterruptedException foreign) {
      Thread.currentThread().interrupt();
      halt("the thread that stops the host was interrupted");
    }
  }

  /**
   * Has the supervisor end the workers before the framework is asked to stop: that may have to wait
   * for a lock, while bundles are refreshed, for longer than anybody's deadline.
   */
  private void stopWorkers(Framework framework) {
    try {
      BundleContext context = framework.getBundleContext();
      for (ServiceReference<Runnable> reference :
          context.getServiceReferences(Runnable.class, "(hostler.control=stop)")) {
        Runnable ladder = context.getService(reference);
        if (ladder != null) {
          ladder.run();
        }
      }
    } catch (InvalidSyntaxException | RuntimeException e) {
      trouble.write("the workers could not be asked to end before the framework", e);
    }
  }

  /**
   * Waits until the framework stops. Its state says so before its event does: listeners are told in
   * no order, and the supervisor, when it comes first, takes its time.
   */
  private boolean awaitBegin(Framework framework) throws InterruptedException {
    for (long left = BEGIN_GRACE; left > 0; left -= SLICE) {
      if ((framework.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0
          || awaitAtLeast(Progress.STOPPING, SLICE)) {
        return true;
      }
    }
    return false;
  }

  private boolean awaitStopped() throws InterruptedException {
    boolean stopped = false;
    for (long left = BUNDLES_GRACE; left > 0 && !stopped; left -= SLICE) {
      stopped = awaitAtLeast(Progress.STOPPED, SLICE);
    }
    return stopped;
  }

  /** Waits for the last session on a thread of its own, so that a harsher order ends the wait. */
  private void awaitSessions() throws InterruptedException {
    Thread waiter =
        new Thread(
            () -> {
              try {
                sessions.awaitNoWork();
                order(StopMode.FAST);
              } catch (InterruptedException harsher) {
                Thread.currentThread().interrupt();
              }
            },
            "hostler-smart-stop");
    waiter.setDaemon(true);
    waiter.start();
    lock.lock();
    try {
      while (waitForSessions) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    waiter.interrupt();
  }

  private void halt(String why) {
    System.err.println("host halted: " + why);
    last.end(Math.max(1, status()), false);
  }

  private boolean isAtLeast(Progress wanted) {
    lock.lock();
    try {
      return progress.compareTo(wanted) >= 0;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitAtLeast(Progress wanted, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (progress.compareTo(wanted) < 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return progress.compareTo(wanted) >= 0;
    } finally {
      lock.unlock();
    }
  }
}
