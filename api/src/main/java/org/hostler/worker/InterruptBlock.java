// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A stretch of code in which no request is acted on, PostgreSQL's {@code HOLD_INTERRUPTS} (contract
 * L2, L4).
 *
 * <pre>{@code
 * try (var block = context.blockInterrupts()) {
 *   …
 * }
 * }</pre>
 */
@ProviderType
public interface InterruptBlock extends AutoCloseable {

  /** Ends the stretch. Idempotent; an interrupt held back meanwhile is delivered now. */
  @Override
  void close();
}
