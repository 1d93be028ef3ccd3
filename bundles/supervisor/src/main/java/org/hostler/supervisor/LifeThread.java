// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.hostler.worker.InterruptBlock;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one life, while it runs that life: whom to wake, and whether it may be interrupted
 * (contract L2, X14).
 *
 * <p>A carrier runs one life after the other, so an interrupt must not reach the thread after the
 * life has left it: both are done under this object's monitor.
 */
final class LifeThread {
  private volatile @Nullable Thread thread;

  /** How deep the worker is in stretches without interrupts; written by its own thread. */
  private volatile int blocks;

  /** Whether an interrupt was held back; guarded by this object. */
  private boolean held;

  /** The calling thread runs the life from now on. */
  void enter() {
    thread = Thread.currentThread();
  }

  /** The life has left its thread. */
  synchronized void leave() {
    thread = null;
  }

  /** Returns the thread; null before and after. */
  @Nullable Thread get() {
    return thread;
  }

  @SuppressWarnings("deprecation") // threadId() came with JDK 19
  OptionalLong id() {
    Thread self = thread;
    return self == null ? OptionalLong.empty() : OptionalLong.of(self.getId());
  }

  void wake() {
    Thread self = thread;
    if (self != null) {
      LockSupport.unpark(self);
    }
  }

  /** Tells whether requests and interrupts are held back now. */
  boolean blocked() {
    return blocks > 0;
  }

  /** Begins a stretch without interrupts; only by the thread itself. */
  InterruptBlock block() {
    holdBack();
    return new InterruptBlock() {
      private boolean closed;

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          letGo();
        }
      }
    };
  }

  private synchronized void holdBack() {
    if (blocks == 0 && Thread.interrupted()) {
      held = true; // it came just before
    }
    blocks = blocks + 1;
  }

  private synchronized void letGo() {
    blocks = blocks - 1;
    if (blocks == 0 && held) {
      held = false;
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Interrupts the thread.
   *
   * @param force whether also one that holds interrupts back: its time is over
   */
  synchronized void interrupt(boolean force) {
    Thread self = thread;
    if (blocks > 0 && !force) {
      held = true;
    } else if (self != null) {
      self.interrupt();
    }
  }

  /** Returns the stack, a line a frame; empty when there is none. */
  String stack() {
    Thread self = thread;
    StringBuilder text = new StringBuilder();
    if (self != null) {
      for (StackTraceElement frame : self.getStackTrace()) {
        text.append("\tat ").append(frame).append('\n');
      }
    }
    return text.toString();
  }
}
