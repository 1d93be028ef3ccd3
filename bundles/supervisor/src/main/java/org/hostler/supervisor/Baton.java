// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the one writer of the slot table holds; it can be asked who that is. */
final class Baton extends ReentrantLock {
  private static final long serialVersionUID = 1L;

  /** Returns the thread that holds it; null when none does. */
  @Nullable Thread holder() {
    return getOwner();
  }
}
