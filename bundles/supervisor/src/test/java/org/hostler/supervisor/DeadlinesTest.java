// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private final Deadlines deadlines = new Deadlines();

  @Test
  void earliestComesFirstAndOnlyWhenItIsDue() {
    deadlines.set(7, 300);
    deadlines.set(3, 100);
    deadlines.set(5, 200);
    assertThat(deadlines.next()).isEqualTo(100);
    assertThat(deadlines.poll(99)).isEqualTo(-1);
    assertThat(deadlines.poll(100)).isEqualTo(3);
    assertThat(deadlines.poll(1_000)).isEqualTo(5);
    assertThat(deadlines.poll(1_000)).isEqualTo(7);
    assertThat(deadlines.poll(1_000)).isEqualTo(-1);
    assertThat(deadlines.next()).isEqualTo(WorkerSlot.NEVER);
  }

  @Test
  void slotHasOneDeadlineThatMovesAndGoes() {
    deadlines.set(1, 100);
    deadlines.set(1, 300);
    assertThat(deadlines.poll(200)).isEqualTo(-1);
    deadlines.set(1, WorkerSlot.NEVER);
    deadlines.set(2, WorkerSlot.NEVER);
    assertThat(deadlines.next()).isEqualTo(WorkerSlot.NEVER);
  }

  @Test
  void behavesAsASortedMapWouldUnderRandomUse() {
    Random random = new Random(11);
    Map<Integer, Long> model = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      int slot = random.nextInt(1 + random.nextInt(500));
      switch (random.nextInt(4)) {
        case 0 -> {
          deadlines.set(slot, WorkerSlot.NEVER);
          model.remove(slot);
        }
        case 1 -> pollAsModel(model, random.nextInt(1_000));
        default -> {
          long at = random.nextInt(1_000);
          deadlines.set(slot, at);
          model.put(slot, at);
        }
      }
      long first = model.isEmpty() ? WorkerSlot.NEVER : Collections.min(model.values());
      if (deadlines.next() != first) {
        assertThat(deadlines.next()).as("after %d operations", i).isEqualTo(first);
      }
    }
    emptyAsModel(model);
  }

  private void pollAsModel(Map<Integer, Long> model, long now) {
    long first = model.isEmpty() ? WorkerSlot.NEVER : Collections.min(model.values());
    int slot = deadlines.poll(now);
    if (first > now) {
      assertThat(slot).isEqualTo(-1);
    } else if (!Long.valueOf(first).equals(model.remove(slot))) {
      throw new AssertionError("slot " + slot + " is not the first");
    }
  }

  private void emptyAsModel(Map<Integer, Long> model) {
    Set<Integer> left = new HashSet<>();
    long last = 0;
    while (deadlines.next() != WorkerSlot.NEVER) {
      assertThat(deadlines.next()).isGreaterThanOrEqualTo(last);
      last = deadlines.next();
      left.add(deadlines.poll(last));
    }
    assertThat(left).isEqualTo(model.keySet());
  }
}
