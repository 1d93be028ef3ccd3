// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void medianIsTheValueInTheMiddleWhateverTheOrder() {
    assertThat(new Series("us", new double[] {9, 1, 5}).median()).isEqualTo(5);
    assertThat(new Series("us", new double[] {9, 1, 5}).with(7).median()).isEqualTo(6);
  }

  @Test
  void textTellsTheRangeAndHowOftenItWasMeasured() {
    assertThat(new Series("us", new double[] {24.13, 22, 1_029.4}).text())
        .isEqualTo("24.1 us (22.0–1,029, 3)");
    assertThat(new Series("%", new double[] {0.05}).text()).isEqualTo("0.0500 % (once)");
  }
}
