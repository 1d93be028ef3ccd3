// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.util.function.Consumer;
import org.hostler.database.WorkerDatabase;
import org.hostler.shmem.SharedMemory;
import org.hostler.worker.stat.WorkerEvent;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A worker's view of the host during one life: PostgreSQL's {@code MyBgworkerEntry}, {@code
 * MyLatch} and signal handlers.
 *
 * <p>Unless said otherwise its methods are for the worker's own thread. After the life has ended
 * the object is dead: reading still works, requests and hooks have no effect, {@link #database()}
 * and {@link #sharedMemory()} refuse.
 *
 * <p><b>Requests</b> (contract L1–L6). Every request sets the {@link #latch()}; what it asks for
 * happens in {@link #checkForInterrupts()} and nowhere else.
 */
@ProviderType
public interface WorkerContext {

  /** Returns slot, generation and incarnation of this life. From any thread. */
  WorkerId id();

  /** Returns the description this life was started with (R2). From any thread. */
  BackgroundWorker entry();

  /** Returns {@code entry().mainArg()}. From any thread. */
  default Datum mainArg() {
    return entry().mainArg();
  }

  /** Returns the latch of this life; always the same object. From any thread. */
  Latch latch();

  /**
   * Acts on what was asked of the worker since the last check, PostgreSQL's {@code
   * CHECK_FOR_INTERRUPTS()}.
   *
   * <p>In this order: a termination throws {@link WorkerTerminated}, again at every later check,
   * and clears a cancel (L5); a cancel throws {@link WorkerCancelled} once; a reload adopts the
   * newest settings and runs the {@link #onReload} hook (L3); notifications run the {@link
   * #onNotify} hook, one call an event. Within {@link #blockInterrupts()}, and while exit hooks run
   * (X14), it does nothing. Never blocks of itself.
   *
   * @throws WorkerTerminated when the worker was asked to end
   * @throws WorkerCancelled when its work was cancelled
   */
  void checkForInterrupts();

  /**
   * Begins a stretch of code in which checks do nothing, and in which the host does not interrupt
   * the thread before {@code worker_stop_timeout} is over. May be nested.
   */
  InterruptBlock blockInterrupts();

  /**
   * Says that the worker is ready for what it exists for; its state becomes {@code ready}.
   *
   * <p>Optional: PostgreSQL knows only "started" (S10). Idempotent.
   */
  void ready();

  /**
   * Says in words what the worker is doing; shown by {@code bgw:list} and {@code bgw:info} (V4).
   *
   * @param text at most 1,000 characters are kept; an empty text clears it
   */
  void status(String text);

  /**
   * Sets what runs at once, on a thread of the host, when the worker is asked to end; for closing
   * what the worker blocks on. It must be quick. Runs once a life at most; replaces the earlier
   * hook. Runs immediately when the worker was asked already.
   */
  void onTerminate(Runnable hook);

  /**
   * Sets what {@link #checkForInterrupts()} runs after a reload. A worker without it adopts the
   * settings as well but is not woken for them.
   */
  void onReload(Runnable hook);

  /** Sets what {@link #checkForInterrupts()} runs for each event of a worker that notifies this. */
  void onNotify(Consumer<WorkerEvent> hook);

  /**
   * Adds what runs when this life has ended, on its thread, with interrupts off (X13, X14).
   *
   * <p>Last added, first run; each once; what one throws is recorded and does not keep the others
   * from running. Not run when the worker is abandoned or the host halts.
   */
  void onExit(Consumer<ExitStatus> hook);

  /**
   * Returns the settings this life has adopted: the newest when it began, after that those of its
   * last {@link #checkForInterrupts()} that acted on a reload (L3, G10). From any thread.
   */
  SettingsSnapshot settings();

  /**
   * Returns the worker's door to databases.
   *
   * @throws IllegalStateException when no bundle of this host offers databases, or the life has
   *     ended
   */
  WorkerDatabase database();

  /**
   * Returns the worker's door to shared memory.
   *
   * @throws IllegalStateException when no bundle of this host offers it, or the life has ended
   */
  SharedMemory sharedMemory();

  /**
   * Returns the service that registers further workers. Its waits are interrupt checks: a worker
   * that is asked to end while it waits for another gets {@link WorkerTerminated} (H7). From any
   * thread.
   */
  BackgroundWorkers workers();
}
