// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

/**
 * Names one life of one registered worker.
 *
 * <p>Slot and generation name the registration and never come back in the same instance (contract
 * R24, H4); the incarnation counts its lives from 1 on. It is 0 while the first life has not begun.
 *
 * @param slot the number of the slot, from 0 on
 * @param generation the number of the registration, from 1 on, never repeated in an instance
 * @param incarnation the number of the life
 */
public record WorkerId(int slot, long generation, int incarnation) {

  /** Checks the numbers. */
  public WorkerId {
    if (slot < 0 || generation < 1 || incarnation < 0) {
      throw new IllegalArgumentException(
          "worker id %d:%d: slot must be at least 0, generation at least 1, incarnation at least 0"
              .formatted(slot, generation));
    }
  }

  /**
   * Tells whether both name the same registration, whatever the life.
   *
   * @param other the other id
   * @return true when slot and generation are equal
   */
  public boolean sameWorker(WorkerId other) {
    return slot == other.slot && generation == other.generation;
  }

  /** Returns {@code slot:generation}, the form users read and type. */
  @Override
  public String toString() {
    return slot + ":" + generation;
  }
}
