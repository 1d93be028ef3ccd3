// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

/** What a background worker needs from the host, PostgreSQL's {@code BGWORKER_*} flags. */
public enum WorkerFlag {
  /** Access to shared memory. Every worker has it; a set of flags without it is refused (R4). */
  SHMEM_ACCESS,

  /**
   * The worker connects to a database. Excludes {@link StartTime#HOST_START} (R5); without it
   * {@code database().connect} is refused (D1).
   */
  DATABASE_CONNECTION,

  /**
   * The worker may be terminated when the database it is connected to is removed (D12). Needs
   * {@link #DATABASE_CONNECTION} (R6).
   */
  INTERRUPTIBLE
}
