// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Arrays;

/**
 * The next deadline of every slot: a heap that knows where each slot stands in it.
 *
 * <p>A slot has one deadline at most, so setting, moving and cancelling are O(log n) without any
 * object. Each place has four below it, whose deadlines stand together in memory: with many slots
 * it is not comparing but fetching that takes the time. Used with the baton held, but for {@link
 * #next()}.
 */
final class Deadlines {
  private static final int BELOW = 4;

  /** By place: when it is due, and whose it is. */
  private long[] due = new long[16];

  private int[] slots = new int[16];

  /** By slot; -1 without a deadline. */
  private int[] places = new int[16];

  private int size;
  private volatile long next = WorkerSlot.NEVER;

  Deadlines() {
    Arrays.fill(places, -1);
  }

  /**
   * Returns the earliest deadline, {@link WorkerSlot#NEVER} when there is none. From any thread.
   */
  long next() {
    return next;
  }

  /** Sets the deadline of a slot; {@link WorkerSlot#NEVER} removes it. */
  void set(int slot, long at) {
    if (slot >= places.length) {
      grow(slot);
    }
    int place = places[slot];
    if (at != WorkerSlot.NEVER) {
      settle(place < 0 ? size++ : place, slot, at);
    } else if (place >= 0) {
      remove(place);
    }
    long first = size == 0 ? WorkerSlot.NEVER : due[0];
    if (first != next) {
      next = first;
    }
  }

  /** Returns a slot whose deadline is over, removing the deadline; -1 when there is none. */
  int poll(long now) {
    if (size == 0 || due[0] > now) {
      return -1;
    }
    int slot = slots[0];
    set(slot, WorkerSlot.NEVER);
    return slot;
  }

  private void remove(int place) {
    places[slots[place]] = -1;
    int last = --size;
    if (place < last) {
      settle(place, slots[last], due[last]);
    }
  }

  /** Fills a place that is free, or whose deadline changes: from there it goes up or down. */
  private void settle(int free, int slot, long at) {
    int place = free;
    while (place > 0 && due[(place - 1) / BELOW] > at) {
      place = move((place - 1) / BELOW, place);
    }
    if (place == free) {
      for (int earliest = earliestBelow(place);
          earliest >= 0 && due[earliest] < at;
          earliest = earliestBelow(place)) {
        place = move(earliest, place);
      }
    }
    due[place] = at;
    slots[place] = slot;
    places[slot] = place;
  }

  /** Returns which of those below a place is due first; -1 when there is none. */
  private int earliestBelow(int place) {
    int first = place * BELOW + 1;
    if (first >= size) {
      return -1;
    }
    int earliest = first;
    for (int below = first + 1; below < Math.min(first + BELOW, size); below++) {
      if (due[below] < due[earliest]) {
        earliest = below;
      }
    }
    return earliest;
  }

  /** Moves what stands at one place to a free one, and returns the place that is free then. */
  private int move(int from, int to) {
    due[to] = due[from];
    slots[to] = slots[from];
    places[slots[to]] = to;
    return from;
  }

  private void grow(int slot) {
    int old = places.length;
    int length = Math.max(slot + 1, old * 2);
    due = Arrays.copyOf(due, length);
    slots = Arrays.copyOf(slots, length);
    places = Arrays.copyOf(places, length);
    Arrays.fill(places, old, length, -1);
  }
}
