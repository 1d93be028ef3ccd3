// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.database.WorkerDatabase;
import org.hostler.shmem.SharedMemory;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.spi.DatabaseMechanism;
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

  /** Takes no lock: it is called with the baton held, and a door may just be opening. */
  void cancelStatement() {
    DatabaseMechanism.WorkerDoor door = database;
    if (door != null) {
      door.cancelStatement();
    }
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
