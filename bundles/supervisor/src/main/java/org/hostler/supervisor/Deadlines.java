// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Arrays;

/**
 * The next deadline of every slot: a binary heap that knows where each slot stands in it.
 *
 * <p>A slot has one deadline at most, so setting, moving and cancelling are O(log n) without any
 * object. Used with the baton held, but for {@link #next()}.
 */
final class Deadlines {
  private long[] due = new long[16];
  private int[] heap = new int[16];
  private int[] position = new int[16];
  private int size;
  private volatile long next = WorkerSlot.NEVER;

  Deadlines() {
    Arrays.fill(position, -1);
  }

  /**
   * Returns the earliest deadline, {@link WorkerSlot#NEVER} when there is none. From any thread.
   */
  long next() {
    return next;
  }

  /** Sets the deadline of a slot; {@link WorkerSlot#NEVER} removes it. */
  void set(int slot, long at) {
    if (slot >= position.length) {
      grow(slot);
    }
    int where = position[slot];
    if (where < 0 && at == WorkerSlot.NEVER) {
      return;
    }
    if (where < 0) {
      where = size++;
      heap[where] = slot;
      position[slot] = where;
      due[slot] = at;
      up(where);
    } else if (at == WorkerSlot.NEVER) {
      remove(where);
    } else {
      due[slot] = at;
      down(up(where));
    }
    next = size == 0 ? WorkerSlot.NEVER : due[heap[0]];
  }

  /** Returns a slot whose deadline is over, removing the deadline; -1 when there is none. */
  int poll(long now) {
    if (size == 0 || due[heap[0]] > now) {
      return -1;
    }
    int slot = heap[0];
    set(slot, WorkerSlot.NEVER);
    return slot;
  }

  private void remove(int where) {
    position[heap[where]] = -1;
    int last = heap[--size];
    if (where < size) {
      heap[where] = last;
      position[last] = where;
      down(up(where));
    }
  }

  private int up(int from) {
    int where = from;
    while (where > 0) {
      int parent = (where - 1) >>> 1;
      if (due[heap[parent]] <= due[heap[where]]) {
        break;
      }
      swap(where, parent);
      where = parent;
    }
    return where;
  }

  private void down(int from) {
    int where = from;
    for (; ; ) {
      int child = 2 * where + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && due[heap[child + 1]] < due[heap[child]]) {
        child++;
      }
      if (due[heap[where]] <= due[heap[child]]) {
        return;
      }
      swap(where, child);
      where = child;
    }
  }

  private void swap(int a, int b) {
    int slot = heap[a];
    heap[a] = heap[b];
    heap[b] = slot;
    position[heap[a]] = a;
    position[heap[b]] = b;
  }

  private void grow(int slot) {
    int old = position.length;
    int length = Math.max(slot + 1, old * 2);
    due = Arrays.copyOf(due, length);
    heap = Arrays.copyOf(heap, length);
    position = Arrays.copyOf(position, length);
    Arrays.fill(position, old, length, -1);
  }
}
