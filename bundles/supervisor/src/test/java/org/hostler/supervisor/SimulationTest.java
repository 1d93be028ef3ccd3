// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * As many lives as fit into a few seconds, at most a million, each with faults of its own; the seed
 * of a run that breaks a rule is in the failure.
 */
class SimulationTest {
  private static final int LIVES_OF_A_RUN = 5_000;
  private static final int MOST_LIVES = 1_000_000;
  private static final long LONGEST = 4_000_000_000L;

  @Test
  void rulesHoldWhateverGoesWrong_X2_X3_X7_X9_R20_F1_F3_F4_F5_F6_F7() {
    long end = System.nanoTime() + LONGEST;
    long seed = 1;
    int lives = 0;
    while (lives < MOST_LIVES && System.nanoTime() < end) {
      lives += run(seed++);
    }
    assertThat(lives).isGreaterThanOrEqualTo(LIVES_OF_A_RUN);
  }

  @Test
  void sameSeedIsTheSameRun() {
    assertThat(history(7)).isEqualTo(history(7)).isNotEqualTo(history(8));
  }

  private static int run(long seed) {
    try {
      return new Simulation(seed).run(LIVES_OF_A_RUN);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("simulation with seed " + seed, e);
    }
  }

  private static String history(long seed) {
    Simulation simulation = new Simulation(seed);
    simulation.run(200);
    return simulation.host.supervisor.events.newest(event -> true, 10_000).toString();
  }
}
