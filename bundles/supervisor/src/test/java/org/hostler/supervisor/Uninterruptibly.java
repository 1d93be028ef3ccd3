// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.concurrent.CountDownLatch;

/** Waits of threads that nobody in a test interrupts, or that are to swallow it. */
final class Uninterruptibly {
  private Uninterruptibly() {}

  /** Waits whatever comes; a hang, as far as the one who asks it to end can see. */
  static void await(CountDownLatch latch) {
    for (; ; ) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        continue; // swallowed: that is what it is for
      }
    }
  }
}
