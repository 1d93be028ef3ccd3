// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Which slots belong to which library, so that a library's events need no look at the whole table.
 */
final class LibraryIndex {
  private static final BitSet NONE = new BitSet();

  private final UnaryOperator<String> symbolicName;
  private final Map<String, BitSet> slots = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  LibraryIndex(UnaryOperator<String> symbolicName) {
    this.symbolicName = symbolicName;
  }

  void add(WorkerSlot slot) {
    String library = symbolicName.apply(slot.worker().library());
    BitSet mine = slots.get(library);
    if (mine == null) {
      mine = new BitSet();
      slots.put(library, mine);
    }
    mine.set(slot.index());
    counts.put(library, count(library) + 1);
  }

  void remove(WorkerSlot slot) {
    String library = symbolicName.apply(slot.worker().library());
    slots.getOrDefault(library, NONE).clear(slot.index());
    counts.computeIfPresent(library, (key, count) -> count == 1 ? null : count - 1);
    if (!counts.containsKey(library)) {
      slots.remove(library);
    }
  }

  /** Returns how many workers of a library there are. */
  int count(String library) {
    return counts.getOrDefault(library, 0);
  }

  /** Returns the slots of a library; a copy. */
  BitSet slots(String library) {
    return (BitSet) slots.getOrDefault(library, NONE).clone();
  }
}
