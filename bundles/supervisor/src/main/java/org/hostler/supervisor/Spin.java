// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Looks for something to happen for a moment before a thread goes to sleep over it: a processor
 * that has gone to sleep takes from ten to more than a hundred microseconds to wake up, and most of
 * what is waited for happens sooner. A virtual thread lets the others of its carrier run meanwhile.
 *
 * <p>It is done where it is of use: with more than one processor, and not for a while when the last
 * one who did it looked in vain, as when there is more to do than there are processors.
 */
final class Spin {
  /**
   * What has not happened by then may be waiting for the very processor that is kept busy here: a
   * system lets a thread that spins go on for long before it runs another one there.
   */
  private static final long LONGEST = TimeUnit.MICROSECONDS.toNanos(30);

  private static final int IN_VAIN = 8;
  private static final boolean USEFUL = Runtime.getRuntime().availableProcessors() > 1;

  /** How many waits go by without a spin; written by all of them, and none the worse for a race. */
  private volatile int pause;

  /** Returns true as soon as it holds, or false when this is not the way to wait for it. */
  boolean until(BooleanSupplier done) {
    int left = pause;
    if (left > 0) {
      pause = left - 1;
      return false;
    }
    if (!USEFUL) {
      return false;
    }
    boolean virtual = VirtualThreads.isVirtual(Thread.currentThread());
    long begun = System.nanoTime();
    do {
      if (done.getAsBoolean()) {
        return true;
      }
      if (virtual) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - begun < LONGEST);
    pause = IN_VAIN;
    return false;
  }
}
