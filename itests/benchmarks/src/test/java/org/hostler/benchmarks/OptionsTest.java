// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void passMakesItsShareOfTheRounds() {
    Options options = Options.of("all");
    assertThat(options.passes()).isEqualTo(5);
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.rounds(9)).isEqualTo(9);
    assertThat(options.onePass().rounds()).isEqualTo(1);
    assertThat(options.onePass().rounds(9)).isEqualTo(2);
    assertThat(options.onePass().rounds(20)).isEqualTo(4);
  }

  @Test
  void roundsThatAreAskedForAreAsManyPasses() {
    Options options = Options.of("all", "rounds=7");
    assertThat(options.passes()).isEqualTo(7);
    assertThat(options.onePass().rounds(20)).isEqualTo(1);
    assertThat(Options.of("all", "quick=true").passes()).isEqualTo(1);
  }

  @Test
  void passesAreNothingToBeAskedFor() {
    assertThatThrownBy(() -> Options.of("all", "passes=3")).hasMessageContaining("passes=3");
  }
}
