// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

/**
 * What became of a static registration.
 *
 * <p>PostgreSQL only logs the refusal of a static worker and starts (contract R11–R15). Here the
 * refusal is logged, recorded as an event and returned; an activator that cannot live without its
 * worker calls {@link #orThrow()}.
 */
public sealed interface StaticRegistration {

  /**
   * The worker is registered and starts when preloading is over.
   *
   * @param handle the worker's handle
   */
  record Registered(BackgroundWorkerHandle handle) implements StaticRegistration {}

  /**
   * The worker is not registered; nothing was changed.
   *
   * @param reason why, for programs
   * @param message why, for people
   * @param detail the numbers, or an empty string
   * @param hint what to do, or an empty string
   */
  record Refused(RegistrationRefused.Reason reason, String message, String detail, String hint)
      implements StaticRegistration {}

  /**
   * Returns the handle, or fails the caller.
   *
   * @return the handle of the registered worker
   * @throws RegistrationRefused when the registration was refused
   */
  default BackgroundWorkerHandle orThrow() {
    if (this instanceof Refused refused) {
      throw new RegistrationRefused(
          refused.reason(), refused.message(), refused.detail(), refused.hint());
    }
    return ((Registered) this).handle();
  }
}
