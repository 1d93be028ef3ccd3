// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.util.Locale;

/**
 * A request to a running worker, named after the signal PostgreSQL uses for it.
 *
 * <p>Each sets the worker's latch. What it asks for happens at the worker's next {@link
 * WorkerContext#checkForInterrupts()} (contract L1–L6), in the order of this list.
 */
public enum WorkerSignal {
  /**
   * PostgreSQL's {@code pg_terminate_backend}: the check throws {@link WorkerTerminated}. A worker
   * that lets it out ends with status 1 and its restart policy decides (X11); one that returns ends
   * with 0. A statement of its database session that runs is cancelled at once.
   */
  TERM,
  /**
   * The check throws {@link WorkerCancelled}, once (L6). While a statement of its database session
   * runs, that fails instead, with SQLSTATE 57014.
   */
  INT,
  /** The check adopts the newest settings and runs {@code onReload} (L3). */
  HUP,
  /** The check runs {@code onNotify}. */
  USR1;

  /**
   * Reads the form users type, for instance {@code term}.
   *
   * @param text the name in lower or upper case
   * @return the signal
   * @throws IllegalArgumentException when there is no such signal
   */
  public static WorkerSignal parse(String text) {
    for (WorkerSignal signal : values()) {
      if (signal.name().equalsIgnoreCase(text)) {
        return signal;
      }
    }
    throw new IllegalArgumentException(
        "signal \"%s\": expected term, hup, usr1 or int".formatted(text));
  }

  /** Returns the form users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
