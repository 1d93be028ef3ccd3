// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.io.Serial;

/**
 * A setting, a value or a whole configuration was refused; nothing has changed.
 *
 * <p>When several lines of a configuration are wrong, the message counts them and the detail has
 * one line for each, beginning with file and line number.
 */
public final class SettingsRefused extends Refusal {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes a refusal.
   *
   * @param message what is wrong with which setting, lower case, no full stop
   * @param detail the numbers, or an empty string
   * @param hint what to change, or an empty string
   */
  public SettingsRefused(String message, String detail, String hint) {
    super(message, detail, hint);
  }
}
