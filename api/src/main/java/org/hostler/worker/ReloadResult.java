// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.util.List;

/**
 * What a reload of the configuration did.
 *
 * @param version the version of the snapshot now in force; the one before when nothing changed
 * @param changed names of the settings whose value is another one now, in alphabetical order
 * @param pendingRestart names of the settings whose new value waits for a restart of the host, also
 *     of those that waited before
 * @param warnings what was dropped from the configuration and why, one sentence each
 */
public record ReloadResult(
    long version, List<String> changed, List<String> pendingRestart, List<String> warnings) {

  /** Keeps copies of the lists. */
  public ReloadResult {
    changed = List.copyOf(changed);
    pendingRestart = List.copyOf(pendingRestart);
    warnings = List.copyOf(warnings);
  }
}
