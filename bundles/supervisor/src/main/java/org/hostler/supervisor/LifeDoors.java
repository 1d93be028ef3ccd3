// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.database.WorkerDatabase;
import org.hostler.shmem.SharedMemory;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.spi.DatabaseMechanism;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.spi.SharedMemoryMechanism;
import org.jspecify.annotations.Nullable;

/** The doors to database and shared memory that one life has opened. */
final class LifeDoors {
  private final WorkerContext context;
  private final LifeServices services;
  private volatile DatabaseMechanism.@Nullable WorkerDoor database;
  private SharedMemoryMechanism.@Nullable WorkerDoor sharedMemory;
  private boolean closed;

  LifeDoors(WorkerContext context, LifeServices services) {
    this.context = context;
    this.services = services;
  }

  synchronized WorkerDatabase database() {
    DatabaseMechanism.WorkerDoor door = database;
    if (door == null) {
      DatabaseMechanism mechanism = services.database().get();
      if (mechanism == null || closed) {
        throw missing("databases");
      }
      door = mechanism.open(context);
      database = door;
    }
    return door.database();
  }

  synchronized SharedMemory sharedMemory() {
    SharedMemoryMechanism.WorkerDoor door = sharedMemory;
    if (door == null) {
      SharedMemoryMechanism mechanism = services.sharedMemory().get();
      if (mechanism == null || closed) {
        throw missing("shared memory segments");
      }
      door = mechanism.open(context);
      sharedMemory = door;
    }
    return door.sharedMemory();
  }

  /**
   * Cancels the running statement; tells whether there was one that was not asked before. Takes no
   * lock: it is called with the baton held, and a door may just be opening.
   */
  boolean cancelStatement() {
    DatabaseMechanism.WorkerDoor door = database;
    return door != null && door.cancelStatement();
  }

  /** Returns what databases had to do with the end of the main; on the worker's thread. */
  Ending ending(ExitStatus status) {
    DatabaseMechanism.WorkerDoor door = database;
    return door == null ? Ending.NONE : door.ending(status);
  }

  /** Returns the statement that the main ended with; on the worker's thread. */
  String statement(ExitStatus status) {
    DatabaseMechanism.WorkerDoor door = database;
    return door == null ? "" : door.statement(status);
  }

  void close() {
    DatabaseMechanism.WorkerDoor sessions;
    SharedMemoryMechanism.WorkerDoor segments;
    synchronized (this) {
      closed = true;
      sessions = database;
      segments = sharedMemory;
    }
    try {
      if (sessions != null) {
        sessions.close();
      }
    } finally {
      if (segments != null) {
        segments.close();
      }
    }
  }

  private IllegalStateException missing(String what) {
    return new IllegalStateException(
        "background worker \"%s\" (%s): no bundle of this host offers %s"
            .formatted(context.entry().name(), context.id(), what));
  }
}
