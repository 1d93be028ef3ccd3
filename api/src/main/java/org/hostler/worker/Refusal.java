// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.io.Serial;

/**
 * The host says no, in words for a person: what is wrong, the numbers, and what to do.
 *
 * <p>As a PostgreSQL error it has three parts. {@link #getMessage()} names the thing and what is
 * wrong with it, {@link #detail()} gives the numbers, {@link #hint()} says what to change. A
 * refusal has changed nothing.
 */
public abstract class Refusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** The numbers behind the refusal; may be empty. */
  private final String detail;

  /** What to do about it; may be empty. */
  private final String hint;

  /**
   * Makes a refusal.
   *
   * @param message what is wrong with which thing, lower case, no full stop
   * @param detail the numbers, or an empty string
   * @param hint what to change, or an empty string
   */
  protected Refusal(String message, String detail, String hint) {
    super(message);
    this.detail = detail;
    this.hint = hint;
  }

  /** Returns the numbers behind the refusal, an empty string when there are none. */
  public final String detail() {
    return detail;
  }

  /** Returns what to do about it, an empty string when nothing can be done. */
  public final String hint() {
    return hint;
  }
}
