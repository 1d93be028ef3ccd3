// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.io.Serial;

/**
 * Thrown once by {@link WorkerContext#checkForInterrupts()} when the running statement or piece of
 * work was cancelled ({@link WorkerSignal#INT}, contract L6).
 *
 * <p>A worker may catch it and go on. Uncaught it is an exit with status 1.
 */
public final class WorkerCancelled extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Made by the host.
   *
   * @param message what was cancelled
   */
  public WorkerCancelled(String message) {
    super(message);
  }
}
