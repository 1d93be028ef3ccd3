// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.util.Locale;

/** When a changed setting takes effect, PostgreSQL's {@code context} of a setting. */
public enum SettingChange {
  /**
   * At the next reload of the configuration; a worker sees the new value at its next interrupt
   * check after that, so different workers see it at different times (contract G10).
   */
  RELOAD,
  /**
   * At the next start of the host only, PostgreSQL's {@code PGC_POSTMASTER}. A reload leaves the
   * value as it is and shows the new one as pending. An extension can define such a setting only
   * while it is being preloaded (contract G9).
   */
  RESTART;

  /** Returns the form users read: {@code reload} or {@code restart}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
