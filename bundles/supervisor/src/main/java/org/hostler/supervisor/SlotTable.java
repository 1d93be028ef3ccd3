// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.hostler.worker.spi.WorkerLauncher.LaunchedWorker;
import org.hostler.worker.stat.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * The slots: a flat table of immutable values.
 *
 * <p>One writer at a time, the holder of the supervisor's baton; readers take a slot's value
 * without a lock. The lowest free slot is given out first (contract R20). The arrays grow with use,
 * up to {@code max_worker_processes}.
 */
final class SlotTable {
  private volatile AtomicReferenceArray<@Nullable WorkerSlot> slots =
      new AtomicReferenceArray<>(64);
  private volatile AtomicReferenceArray<@Nullable LaunchedWorker> lives =
      new AtomicReferenceArray<>(64);
  private final BitSet taken = new BitSet();
  private final AtomicIntegerArray states = new AtomicIntegerArray(WorkerState.values().length);
  private int lowestFree;
  private volatile int used;
  private volatile int end;

  /** Returns the worker in a slot; null when the slot is free or was never used. */
  @Nullable WorkerSlot slot(int index) {
    AtomicReferenceArray<@Nullable WorkerSlot> array = slots;
    return index >= 0 && index < array.length() ? array.get(index) : null;
  }

  /** Returns the worker of that registration; null when it is gone. */
  @Nullable WorkerSlot slot(int index, long generation) {
    WorkerSlot slot = slot(index);
    return slot != null && slot.generation() == generation ? slot : null;
  }

  /** Returns the running life in a slot; null when there is none. */
  @Nullable LaunchedWorker life(int index) {
    AtomicReferenceArray<@Nullable LaunchedWorker> array = lives;
    return index >= 0 && index < array.length() ? array.get(index) : null;
  }

  /**
   * Returns the running life of that worker; null when there is none, or it is another's by now.
   */
  @Nullable LaunchedWorker life(WorkerSlot slot) {
    LaunchedWorker life = life(slot.index());
    return slot(slot.index(), slot.generation()) == null ? null : life; // looked at after the life
  }

  /**
   * Returns the number behind the last slot in use: who looks through all of them sees every worker
   * that is there all the time.
   */
  int length() {
    return end;
  }

  /** Returns how many slots are taken. */
  int used() {
    return used;
  }

  /** Returns how many workers are in a state. */
  int count(WorkerState state) {
    return states.get(state.ordinal());
  }

  // ---- the writer's

  /** Returns the lowest free slot. */
  int lowestFree() {
    return lowestFree;
  }

  void add(WorkerSlot slot) {
    int index = slot.index();
    if (index >= slots.length()) {
      grow(Math.max(index + 1, slots.length() * 2));
    }
    taken.set(index);
    lowestFree = taken.nextClearBit(lowestFree);
    used++;
    states.incrementAndGet(slot.state().ordinal());
    end = taken.length(); // before it can be seen
    slots.setRelease(index, slot);
  }

  void publish(WorkerSlot slot) {
    WorkerSlot old = slots.get(slot.index());
    if (old != null && old.state() != slot.state()) {
      states.decrementAndGet(old.state().ordinal());
      states.incrementAndGet(slot.state().ordinal());
    }
    slots.setRelease(slot.index(), slot);
  }

  void free(int index) {
    WorkerSlot old = slots.get(index);
    if (old != null) {
      states.decrementAndGet(old.state().ordinal());
      used--;
    }
    taken.clear(index);
    lowestFree = Math.min(lowestFree, index);
    lives.setRelease(index, null);
    slots.setRelease(index, null);
    end = taken.length();
  }

  void life(int index, @Nullable LaunchedWorker life) {
    lives.setRelease(index, life);
  }

  private void grow(int length) {
    AtomicReferenceArray<@Nullable WorkerSlot> moreSlots = new AtomicReferenceArray<>(length);
    AtomicReferenceArray<@Nullable LaunchedWorker> moreLives = new AtomicReferenceArray<>(length);
    for (int i = 0; i < slots.length(); i++) {
      moreSlots.setPlain(i, slots.get(i));
      moreLives.setPlain(i, lives.get(i));
    }
    lives = moreLives;
    slots = moreSlots;
  }
}
