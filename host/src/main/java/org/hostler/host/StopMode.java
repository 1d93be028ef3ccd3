// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.util.Locale;
import java.util.Optional;

/** How a host is asked to stop, mildest first: a later order may only be a harsher one. */
enum StopMode {
  /** Waits until attached shells and running commands have ended, then as {@link #FAST}. */
  SMART,
  /** Asks every worker, waits for them until their deadline, stops the bundles. */
  FAST,
  /** Runs no hooks and waits for nobody. */
  IMMEDIATE;

  static Optional<StopMode> of(String text) {
    for (StopMode mode : values()) {
      if (mode.text().equals(text)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  /** As it is typed. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
