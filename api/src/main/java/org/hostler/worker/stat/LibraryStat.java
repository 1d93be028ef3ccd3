// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.stat;

import java.util.List;
import java.util.Optional;

/**
 * One library that could be named in a registration, loaded or not.
 *
 * @param library the symbolic name
 * @param version the version; empty for the host's own
 * @param loaded whether its bundle is active
 * @param source where it comes from: a file, a location, or {@code host}
 * @param functions the functions it offers or declares, sorted; empty when it declares none and is
 *     not loaded, which means: any may be there
 */
public record LibraryStat(
    String library,
    String version,
    boolean loaded,
    String source,
    Optional<List<String>> functions) {}
