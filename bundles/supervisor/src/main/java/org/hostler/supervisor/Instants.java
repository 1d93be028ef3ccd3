// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Instant;
import java.util.Optional;

/**
 * Makes instants of what clocks say, and the same one again for the same millisecond as the time
 * before: of many workers, most came together, and began together. Not for several threads.
 */
final class Instants {
  private long before;
  private Optional<Instant> made = Optional.empty();

  /**
   * Returns an instant.
   *
   * @param millis since 1970; 0 for never
   */
  Optional<Instant> of(long millis) {
    if (millis == 0) {
      return Optional.empty();
    }
    if (millis != before) {
      made = Optional.of(Instant.ofEpochMilli(millis));
      before = millis;
    }
    return made;
  }
}
