// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.List;

/**
 * What the settings say about preloading.
 *
 * @param entries {@code shared_preload_libraries}, each a library's name with or without a range
 * @param timeout {@code preload_timeout}: how long each activator may take
 * @param startLevelBase {@code start_level_base}: the first entry's start level; the others follow,
 *     then {@code deploy/}
 * @param lastLevel the start level of what comes last, the shell
 */
record PreloadPlan(List<String> entries, Duration timeout, int startLevelBase, int lastLevel) {

  /** Keeps a copy of the list. */
  PreloadPlan {
    entries = List.copyOf(entries);
  }

  /** The start level of one entry. */
  int levelOf(int index) {
    return startLevelBase + index;
  }

  /** The start level of what lies in {@code deploy/}. */
  int deployLevel() {
    return startLevelBase + entries.size();
  }
}
