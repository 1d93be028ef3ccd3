// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.spi;

import java.util.OptionalLong;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.Isolation;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerSignal;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A mechanism that runs lives of workers; a service that the supervisor tracks.
 *
 * <p>The supervisor decides when a life begins and when it is asked to end; a launcher carries that
 * out and reports. While no launcher for an isolation is present, workers that need it are refused
 * at registration.
 */
@ConsumerType
public interface WorkerLauncher {

  /** Returns which isolation this launcher realises. */
  Isolation isolation();

  /**
   * Makes a life, which begins to run when it is {@linkplain LaunchedWorker#start started}, or now.
   * Called by the supervisor with its baton held: must return at once and must not call back on
   * this thread.
   *
   * @param id the life
   * @param worker what to run
   * @param listener told of everything that happens to it
   * @return the life
   * @throws RuntimeException when it cannot be had; that is an exit with status 1 (contract S5)
   */
  LaunchedWorker launch(WorkerId id, BackgroundWorker worker, LaunchListener listener);

  /** One life. Its methods return at once and may be called from any thread. */
  @ConsumerType
  interface LaunchedWorker {
    /**
     * Begins to run. Called once, on the thread that launched it, when the baton is released: what
     * a new thread costs holds nobody else up here. Other lives and letters wait for it all the
     * same, so what takes milliseconds belongs on a thread of the launcher's. The other methods may
     * be called before. By itself it does nothing, for a life that runs since it was made.
     *
     * @throws RuntimeException when it cannot begin; that is an exit with status 1 (contract S5)
     */
    default void start() {}

    /** Returns the process id; empty before it is known. */
    OptionalLong pid();

    /** Returns the Java thread's id, for a thread of this JVM; else empty. */
    OptionalLong threadId();

    /** Hands over a request. */
    void signal(WorkerSignal signal);

    /** The next rung of the ladder: interrupts the thread, or destroys the process. */
    void interrupt();

    /** The last rung: a process is destroyed forcibly; a thread is left to itself. */
    void abandon();

    /** Returns the stack of the worker's thread in one text; empty when it cannot be had. */
    String stack();
  }

  /** What a launcher tells the supervisor; from any thread, in this order, each at most once. */
  @ProviderType
  interface LaunchListener {
    /** Its main is about to be entered. */
    void started();

    /** It said that it is ready. */
    void ready();

    /**
     * The life is over; nothing of it runs any more.
     *
     * @param status how it ended
     * @param ending what its databases had to do with it
     */
    void exited(ExitStatus status, DatabaseMechanism.Ending ending);

    /** The life is over, and databases had nothing to do with it. */
    default void exited(ExitStatus status) {
      exited(status, DatabaseMechanism.Ending.NONE);
    }
  }
}
