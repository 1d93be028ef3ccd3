// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static Series series(String unit, double... values) {
    Series series = Series.of(unit, 0, values[0]);
    for (double value : Arrays.copyOfRange(values, 1, values.length)) {
      series = series.with(0, value);
    }
    return series;
  }

  @Test
  void medianIsTheValueInTheMiddleWhateverTheOrder() {
    assertThat(series("us", 9, 1, 5).median()).isEqualTo(5);
    assertThat(series("us", 9, 1, 5, 7).median()).isEqualTo(6);
  }

  @Test
  void textTellsTheRangeAndHowOftenItWasMeasured() {
    assertThat(series("us", 24.13, 22, 1_029.4).text()).isEqualTo("24.1 us (22.0–1,029, 3)");
    assertThat(series("%", 0.05).text()).isEqualTo("0.0500 % (once)");
  }

  /** A bad minute makes both slow, and says nothing about one beside the other. */
  @Test
  void whatWasMeasuredInThePassIsCompared() {
    Series own = Series.of("us", 0, 10).with(1, 90).with(1, 110).with(2, 14);
    Series other = Series.of("us", 0, 20).with(1, 200).with(2, 20).with(7, 1);
    Series ratios = own.beside(other, (a, b) -> a / b);
    assertThat(ratios.rounds()).extracting(Series.Round::value).containsExactly(0.5, 0.5, 0.7);
    assertThat(ratios.median()).isEqualTo(0.5);
  }

  @Test
  void eachRoundIsComparedWithTheMedianOfWhatWasMeasuredInNoneOfThePasses() {
    Series own = Series.of("us", 0, 10).with(1, 30).with(1, 20);
    Series once = Series.of("us", Results.NO_PASS, 90).with(Results.NO_PASS, 110);
    assertThat(own.beside(once, (a, b) -> a / b).rounds())
        .extracting(Series.Round::value)
        .containsExactly(0.1, 0.3, 0.2);
    assertThat(once.beside(once, (a, b) -> a / b).rounds())
        .extracting(Series.Round::value)
        .containsExactly(0.9, 1.1);
  }
}
