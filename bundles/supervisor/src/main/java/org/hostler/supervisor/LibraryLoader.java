// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.function.Consumer;

/**
 * What the core asks of the loader: to bring a library that a worker names into the host (contract
 * S8).
 */
interface LibraryLoader {

  /**
   * Finds, installs and starts the library on the loader's own thread.
   *
   * <p>Returns at once and may be called from any thread. Several calls for one library share one
   * load.
   *
   * @param library a library as a registration names it, see {@link LibraryName}
   * @param done called exactly once, from the loader's thread; from the caller's when the host is
   *     stopping
   */
  void load(String library, Consumer<LoadOutcome> done);
}
