// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.worker.stat.WorkerReason;
import org.osgi.framework.Bundle;

/** What became of one request to load a library. */
sealed interface LoadOutcome {

  /**
   * The library's bundle is active.
   *
   * @param bundle the bundle
   */
  record Loaded(Bundle bundle) implements LoadOutcome {}

  /**
   * There is no active bundle of that name, and the loader cannot make one.
   *
   * @param reason {@code BUNDLE_MISSING}, or {@code BUNDLE_STOPPED} when it is installed and
   *     somebody stopped it; its words say what is missing, why, and what is near
   */
  record NotLoaded(WorkerReason reason) implements LoadOutcome {}
}
