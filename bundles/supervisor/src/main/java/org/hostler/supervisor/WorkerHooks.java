// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.stat.WorkerEvent;
import org.jspecify.annotations.Nullable;

/** What one life wants run at which occasion; made when it asks for the first. */
final class WorkerHooks {
  volatile @Nullable Runnable reload;
  volatile @Nullable Consumer<WorkerEvent> notification;
  private @Nullable Runnable terminate;
  private boolean terminated;
  private final Deque<Consumer<ExitStatus>> exits = new ArrayDeque<>();

  /** Sets what runs at termination; returns it when it has to run now. */
  synchronized @Nullable Runnable terminate(Runnable hook) {
    if (terminated) {
      return hook;
    }
    terminate = hook;
    return null;
  }

  /** Notes that the worker was asked to end; returns what has to run, once. */
  synchronized @Nullable Runnable takeTerminate() {
    terminated = true;
    Runnable hook = terminate;
    terminate = null;
    return hook;
  }

  synchronized void exit(Consumer<ExitStatus> hook) {
    exits.push(hook);
  }

  /** Takes the exit hook that was added last: removed before it runs (contract X13). */
  synchronized @Nullable Consumer<ExitStatus> takeExit() {
    return exits.poll();
  }
}
