// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

/**
 * What a handle knows of its worker, PostgreSQL's {@code BgwHandleStatus} (contract H1, H2).
 *
 * <p>{@link #STOPPED} hides several cases (H3): waiting for a restart, parked, finished for good,
 * or never started. {@link BackgroundWorkerHandle#stat()} tells them apart.
 */
public enum HandleStatus {
  /** Its main was entered and has not ended. */
  STARTED,
  /** Registered; its main was not entered yet. */
  NOT_YET_STARTED,
  /** Not running: between two lives, parked, or gone. */
  STOPPED,
  /** The host is gone; only a waiter in a child JVM can see this. */
  POSTMASTER_DIED
}
