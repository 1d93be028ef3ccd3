// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.io.Serial;

/**
 * Thrown by {@link WorkerContext#checkForInterrupts()} when the worker was asked to end.
 *
 * <p>It is thrown again at <em>every</em> later check. It extends {@link Error} so that a {@code
 * catch (Exception e)} around a worker's loop does not swallow it. Let it out of {@link
 * WorkerMain#run}: the life then ends with status 1, and the restart policy decides unless the
 * worker was terminated for good.
 */
public final class WorkerTerminated extends Error {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Made by the host.
   *
   * @param message who was asked to end, and by whom
   */
  public WorkerTerminated(String message) {
    super(message, null, false, true);
  }
}
