// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.spi;

import org.hostler.shmem.SharedMemory;
import org.hostler.worker.WorkerContext;
import org.osgi.annotation.versioning.ConsumerType;

/** Offers shared memory to workers; a service that the supervisor tracks. */
@ConsumerType
public interface SharedMemoryMechanism {

  /**
   * Makes the door of one life. Called on the worker's thread.
   *
   * @param context the life
   */
  WorkerDoor open(WorkerContext context);

  /** What the supervisor does with the shared-memory side of a life. */
  @ConsumerType
  interface WorkerDoor {
    /** Returns what the worker sees. */
    SharedMemory sharedMemory();

    /** Releases every lock and detaches from everything. Idempotent; from any thread. */
    void close();
  }
}
