// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.spi.WorkerLauncher.LaunchedWorker;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerState;
import org.jspecify.annotations.Nullable;

/** A slot and a generation: an immutable value that holds nothing of the worker (contract R25). */
final class WorkerHandle implements BackgroundWorkerHandle {
  private final Handles handles;
  private final int slot;
  private final long generation;

  WorkerHandle(Handles handles, int slot, long generation) {
    this.handles = handles;
    this.slot = slot;
    this.generation = generation;
  }

  private @Nullable WorkerSlot worker() {
    return handles.supervisor.table.slot(slot, generation);
  }

  @Override
  public WorkerId id() {
    WorkerSlot worker = worker();
    return worker == null ? new WorkerId(slot, generation, 0) : worker.id();
  }

  @Override
  public HandleStatus status() {
    WorkerSlot worker = worker();
    return worker == null ? HandleStatus.STOPPED : worker.state().handleStatus();
  }

  @Override
  public OptionalLong pid() {
    WorkerSlot worker = worker();
    LaunchedWorker life = worker == null ? null : handles.supervisor.table.life(worker);
    if (worker == null || life == null) {
      return OptionalLong.empty();
    }
    boolean started = worker.state().handleStatus() == HandleStatus.STARTED;
    return started ? life.pid() : OptionalLong.empty();
  }

  @Override
  public Optional<WorkerStat> stat() {
    return handles.stat(slot, generation);
  }

  @Override
  public HandleStatus awaitStartup(Duration timeout) throws InterruptedException {
    refuseWhilePreloading("awaitStartup");
    await(() -> status() != HandleStatus.NOT_YET_STARTED, timeout, "start");
    return status();
  }

  @Override
  public boolean awaitReady(Duration timeout) throws InterruptedException {
    refuseWhilePreloading("awaitReady");
    await(() -> isReady() || worker() == null, timeout, "be ready");
    return isReady();
  }

  @Override
  public HandleStatus awaitShutdown(Duration timeout) throws InterruptedException {
    refuseWhilePreloading("awaitShutdown");
    int life = id().incarnation();
    boolean ended =
        await(
            () -> status() == HandleStatus.STOPPED || id().incarnation() > Math.max(1, life),
            timeout,
            "end");
    return ended ? HandleStatus.STOPPED : status();
  }

  @Override
  public boolean awaitGone(Duration timeout) throws InterruptedException {
    return await(() -> worker() == null, timeout, "be unregistered");
  }

  private boolean await(BooleanSupplier done, Duration timeout, String what)
      throws InterruptedException {
    return handles.await(slot, done, timeout, () -> id() + " to " + what);
  }

  private boolean isReady() {
    WorkerSlot worker = worker();
    return worker != null && worker.state() == WorkerState.READY;
  }

  private void refuseWhilePreloading(String what) {
    if (!handles.supervisor.sealed()) {
      throw new IllegalStateException(
          "%s: no worker starts before shared_preload_libraries is worked off; the state is startup"
              .formatted(what));
    }
  }

  @Override
  public CompletionStage<Void> gone() {
    return handles
        .supervisor
        .waiters
        .future(slot, () -> worker() == null ? Boolean.TRUE : null, handles.errands)
        .thenAccept(gone -> {});
  }

  @Override
  public CompletionStage<HandleStatus> started() {
    return handles.supervisor.waiters.future(
        slot,
        () -> {
          HandleStatus status = status();
          return status == HandleStatus.NOT_YET_STARTED ? null : status;
        },
        handles.errands);
  }

  @Override
  public void terminate() {
    post(new Event.Terminate());
  }

  @Override
  public void restart() {
    post(new Event.Restart());
  }

  @Override
  public void signal(WorkerSignal signal) {
    post(new Event.Signal(signal));
  }

  private void post(Event event) {
    handles.supervisor.post(Kind.REQUEST, slot, generation, event);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WorkerHandle that
        && slot == that.slot
        && generation == that.generation
        && handles == that.handles;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(generation) * 31 + slot;
  }

  @Override
  public String toString() {
    return "handle of background worker " + id();
  }
}
