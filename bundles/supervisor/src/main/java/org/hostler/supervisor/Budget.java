// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Arrays;

/**
 * Restarts of a worker.
 *
 * @param inRow since the last reset: the number of the delay
 * @param recent when the restarts that count for a limit happened, monotonic, oldest first
 * @param pending whether the next launch is one that counts
 */
record Budget(int inRow, long[] recent, boolean pending) {
  private static final long[] NONE = {};
  static final Budget FRESH = new Budget(0, NONE, false);

  /** A life begins. */
  Budget launched(long now) {
    if (!pending) {
      return this;
    }
    long[] longer = Arrays.copyOf(recent, recent.length + 1);
    longer[recent.length] = now;
    return new Budget(inRow, longer, false);
  }

  /** The next launch has another cause than the policy. */
  Budget excused() {
    return pending ? new Budget(inRow, recent, false) : this;
  }
}
