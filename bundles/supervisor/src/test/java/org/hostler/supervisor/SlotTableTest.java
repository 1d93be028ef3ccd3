// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hostler.supervisor.WorkerSlot.Origin;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

class SlotTableTest {
  private static final BackgroundWorker WORKER = Slots.worker(RestartPolicy.never());

  private final SlotTable table = new SlotTable();
  private long generation;

  private WorkerSlot add() {
    WorkerSlot slot =
        WorkerSlot.requested(
            table.lowestFree(), ++generation, WORKER, Origin.DYNAMIC, new Moment(0, 0));
    table.add(slot);
    return slot;
  }

  @Test
  void lowestFreeSlotIsGivenOutWhateverWasFreed_R20() {
    Random random = new Random(5);
    SortedMap<Integer, Long> taken = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      if (taken.isEmpty() || random.nextInt(100) < 52) {
        WorkerSlot slot = add();
        int lowest = 0;
        while (taken.containsKey(lowest)) {
          lowest++;
        }
        if (slot.index() != lowest) {
          throw new AssertionError(lowest + " is free, " + slot.index() + " was given out");
        }
        taken.put(slot.index(), slot.generation());
      } else {
        int index = random.nextInt(taken.lastKey() + 1);
        table.free(index);
        taken.remove(index);
      }
    }
    assertThat(table.used()).isEqualTo(taken.size());
    taken.forEach((index, number) -> assertThat(table.slot(index, number)).isNotNull());
  }

  /** Very many once do not make looking through few slow for ever. */
  @Test
  void lengthIsThatOfWhatIsInUse() {
    assertThat(table.length()).isZero();
    for (int i = 0; i < 1_000; i++) {
      add();
      assertThat(table.length()).isEqualTo(i + 1);
    }
    table.free(5);
    assertThat(table.length()).isEqualTo(1_000);
    for (int i = 999; i > 5; i--) {
      table.free(i);
    }
    assertThat(table.length()).isEqualTo(5);
    assertThat(add().index()).isEqualTo(5);
    assertThat(table.length()).isEqualTo(6);
  }

  @Test
  void statesAreCounted() {
    WorkerSlot slot = add();
    add();
    assertThat(table.count(WorkerState.REQUESTED)).isEqualTo(2);
    table.publish(slot.launched(slot.budget()));
    assertThat(table.count(WorkerState.REQUESTED)).isEqualTo(1);
    assertThat(table.count(WorkerState.STARTING)).isEqualTo(1);
    table.free(slot.index());
    assertThat(table.count(WorkerState.STARTING)).isZero();
    assertThat(table.used()).isEqualTo(1);
  }

  @Test
  void registrationThatIsGoneIsNotFound_R24_H4() {
    WorkerSlot old = add();
    table.free(old.index());
    WorkerSlot young = add();
    assertThat(young.index()).isEqualTo(old.index());
    assertThat(table.slot(old.index(), old.generation())).isNull();
    assertThat(table.slot(young.index(), young.generation())).isSameAs(young);
    assertThat(table.slot(-1)).isNull();
    assertThat(table.slot(1_000_000)).isNull();
    assertThat(table.life(1_000_000)).isNull();
  }
}
