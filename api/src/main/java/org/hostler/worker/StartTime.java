// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.util.Locale;

/**
 * The phase of the host from which on a background worker may be started, PostgreSQL's {@code
 * BgWorkerStartTime}.
 *
 * <p>It gates the start and nothing else: no worker is stopped because the phase changed (contract
 * S1–S3).
 */
public enum StartTime {
  /** As soon as the preload list is worked off, whatever the default database does. */
  HOST_START,
  /** When the default database answers, even read-only. */
  CONSISTENT_STATE,
  /** When the default database is read-write. This is the default. */
  RECOVERY_FINISHED;

  /**
   * Reads the form users type, for instance {@code host_start}.
   *
   * @param text the name in lower or upper case
   * @return the start time
   * @throws IllegalArgumentException when there is no such start time; the message lists them
   */
  public static StartTime parse(String text) {
    for (StartTime time : values()) {
      if (time.name().equalsIgnoreCase(text)) {
        return time;
      }
    }
    throw new IllegalArgumentException(
        "start time \"%s\": expected host_start, consistent_state or recovery_finished"
            .formatted(text));
  }

  /** Returns the form users type, for instance {@code recovery_finished}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
