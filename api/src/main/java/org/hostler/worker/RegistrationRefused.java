// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.io.Serial;

/**
 * A background worker was not registered.
 *
 * <p>Where PostgreSQL's {@code RegisterDynamicBackgroundWorker} returns false and leaves the reason
 * to be guessed (contract R18, R21), this says which limit or state stands in the way. Nothing was
 * changed; the same registration may succeed later where {@link Reason#transientState()} is true.
 */
public final class RegistrationRefused extends Refusal {
  @Serial private static final long serialVersionUID = 1L;

  /** Why a registration was refused. */
  public enum Reason {
    /** The preload list is still worked off; only static registration is possible (R18). */
    PRELOADING(true),
    /** Static registration was asked for when, or by whom, it is not possible (R12, R13). */
    NOT_PRELOADING(false),
    /** The host is stopping; a worker registered now would never run (O5). */
    STOPPING(false),
    /** Every slot of {@code max_worker_processes} is taken (R15, R21). */
    TABLE_FULL(true),
    /** The library's own cap in {@code worker_limits.<library>} is reached (R22). */
    QUOTA(true),
    /** A static worker asked to notify somebody (R14). */
    STATIC_NOTIFY(false),
    /**
     * What the worker needs (a database, another isolation) is offered by no bundle of this host.
     */
    NOT_AVAILABLE(false),
    /** An annotation or a command described no valid worker. */
    INVALID(false),
    /** The library or function is unknown, and the caller asked for that to be checked. */
    UNKNOWN_FUNCTION(false),
    /** A static worker of that name is registered already by another bundle or activation. */
    DUPLICATE(false);

    private final boolean transientState;

    Reason(boolean transientState) {
      this.transientState = transientState;
    }

    /** Tells whether waiting can help, which is what {@code registerOrAwait} does. */
    public boolean transientState() {
      return transientState;
    }
  }

  /** The machine-readable part of the refusal. */
  private final Reason reason;

  /**
   * Makes a refusal.
   *
   * @param reason why, for programs
   * @param message why, for people
   * @param detail the numbers, or an empty string
   * @param hint what to do, or an empty string
   */
  public RegistrationRefused(Reason reason, String message, String detail, String hint) {
    super(message, detail, hint);
    this.reason = reason;
  }

  /** Returns why, for programs. */
  public Reason reason() {
    return reason;
  }
}
