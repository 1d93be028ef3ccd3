// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.spi;

import org.hostler.database.WorkerDatabase;
import org.hostler.worker.WorkerContext;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Offers databases to workers; a service that the supervisor tracks.
 *
 * <p>While it is absent, a worker with {@code DATABASE_CONNECTION} is refused at registration.
 */
@ConsumerType
public interface DatabaseMechanism {

  /**
   * Makes the door of one life; nothing is connected yet. Called on the worker's thread.
   *
   * @param context the life
   */
  WorkerDoor open(WorkerContext context);

  /** What the supervisor does with the database side of a life. */
  @ConsumerType
  interface WorkerDoor {
    /** Returns what the worker sees. */
    WorkerDatabase database();

    /** Cancels the running statement, if any. From any thread, returns at once. */
    void cancelStatement();

    /** Rolls back and closes everything. Idempotent; from any thread. */
    void close();
  }
}
