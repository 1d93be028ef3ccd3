// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.io.Serial;

/**
 * Ends the life of a worker with a status of its choice, PostgreSQL's {@code proc_exit(n)}.
 *
 * <pre>{@code throw WorkerExit.with(2);}</pre>
 *
 * <p>Status 0 is done, 1 is failed, anything else is a crash (contract X1–X5). It extends {@link
 * Error} so that a {@code catch (Exception e)} does not swallow it.
 */
public final class WorkerExit extends Error {
  @Serial private static final long serialVersionUID = 1L;

  /** The status, 0 to 255. */
  private final int status;

  private WorkerExit(int status) {
    super("exit status " + status, null, false, false);
    this.status = status;
  }

  /**
   * Makes the error to throw.
   *
   * @param status 0 to 255
   * @return the error; throw it
   * @throws IllegalArgumentException when the status is out of range
   */
  public static WorkerExit with(int status) {
    if (status < 0 || status > 255) {
      throw new IllegalArgumentException(
          "exit status %d: must be between 0 and 255".formatted(status));
    }
    return new WorkerExit(status);
  }

  /** Returns the status, 0 to 255. */
  public int status() {
    return status;
  }
}
