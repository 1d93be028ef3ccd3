// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.hostler.database.WorkerDatabase;
import org.hostler.shmem.SharedMemory;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.InterruptBlock;
import org.hostler.worker.Latch;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerTerminated;
import org.hostler.worker.stat.WorkerEvent;

/** A life of a worker, on the thread that makes it: what the supervisor would give the door. */
final class TestLife implements WorkerContext, Latch {
  private final WorkerId id;
  private final BackgroundWorker entry;
  private boolean set;
  private volatile boolean terminated;

  TestLife(int slot, WorkerFlag... flags) {
    this.id = new WorkerId(slot, slot + 1, 1);
    BackgroundWorker.Builder builder =
        BackgroundWorker.builder("worker " + slot).library("test").function("main");
    for (WorkerFlag flag : flags) {
      builder.flag(flag);
    }
    this.entry = builder.build();
  }

  /** Returns a life that may connect. */
  static TestLife connecting(int slot) {
    return new TestLife(slot, WorkerFlag.DATABASE_CONNECTION);
  }

  /** Asks it to end. */
  void terminate() {
    terminated = true;
    set();
  }

  @Override
  public synchronized void set() {
    set = true;
    notifyAll();
  }

  @Override
  public synchronized void reset() {
    set = false;
  }

  @Override
  public void await() {
    boolean woken = false;
    while (!woken) {
      woken = await(Duration.ofSeconds(1));
    }
  }

  @Override
  public synchronized boolean await(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      while (!set && deadline - System.nanoTime() > 0) {
        wait(Math.max(1, Math.min(1_000, (deadline - System.nanoTime()) / 1_000_000)));
      }
    } catch (InterruptedException e) { // counts as setting it, and is consumed
      set = true;
    }
    return set;
  }

  @Override
  public void checkForInterrupts() {
    if (terminated) {
      throw new WorkerTerminated("terminating " + entry.name());
    }
  }

  @Override
  public WorkerId id() {
    return id;
  }

  @Override
  public BackgroundWorker entry() {
    return entry;
  }

  @Override
  public Latch latch() {
    return this;
  }

  @Override
  public SettingsSnapshot settings() {
    return SettingsSnapshot.of(1, Map.of());
  }

  @Override
  public InterruptBlock blockInterrupts() {
    throw new UnsupportedOperationException("not a part of what databases ask of a life");
  }

  @Override
  public void ready() {
    throw new UnsupportedOperationException("not a part of what databases ask of a life");
  }

  @Override
  public void status(String text) {
    throw new UnsupportedOperationException("not a part of what databases ask of a life");
  }

  @Override
  public void onTerminate(Runnable hook) {
    throw new UnsupportedOperationException("not a part of what databases ask of a life");
  }

  @Override
  public void onReload(Runnable hook) {
    throw new UnsupportedOperationException("not a part of what databases ask of a life");
  }

  @Override
  public void onNotify(Consumer<WorkerEvent> hook) {
    throw new UnsupportedOperationException("not a part of what databases ask of a life");
  }

  @Override
  public void onExit(Consumer<ExitStatus> hook) {
    throw new UnsupportedOperationException("not a part of what databases ask of a life");
  }

  @Override
  public WorkerDatabase database() {
    throw new UnsupportedOperationException("not a part of what databases ask of a life");
  }

  @Override
  public SharedMemory sharedMemory() {
    throw new UnsupportedOperationException("not a part of what databases ask of a life");
  }

  @Override
  public BackgroundWorkers workers() {
    throw new UnsupportedOperationException("not a part of what databases ask of a life");
  }
}
