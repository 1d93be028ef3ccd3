// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.stat;

/**
 * What became of one entry of {@code shared_preload_libraries}.
 *
 * @param entry the entry as it was written
 * @param bundle the bundle's symbolic name; empty when none was found
 * @param bundleId the framework's number of it, -1 when none was found
 * @param version its version; empty when none was found
 * @param startLevel its start level
 * @param result {@code started}, or what is wrong in one line, such as an unsatisfied component
 */
public record PreloadStat(
    String entry, String bundle, long bundleId, String version, int startLevel, String result) {}
