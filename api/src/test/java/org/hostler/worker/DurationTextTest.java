// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "0s,0,0",
    "5us,5000,5us",
    "500ms,500000000,500ms",
    "10s,10000000000,10s",
    "90s,90000000000,90s",
    "120s,120000000000,2min",
    "1.5h,5400000000000,90min",
    "1d,86400000000000,1d",
    "' 2 min ',120000000000,2min",
    "0.5s,500000000,500ms"
  })
  void numberAndUnit(String typed, long nanos, String written) {
    assertThat(DurationText.parse(typed)).isEqualTo(Duration.ofNanos(nanos));
    assertThat(DurationText.format(Duration.ofNanos(nanos))).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "-1s", "1", "1m", "1 parsec", "1S", "1e3s", "1..2s", "1s 2s", "1.s"})
  void anythingElseIsRefusedWithTheText(String typed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse(typed))
        .withMessageStartingWith("duration \"" + typed + "\": ");
  }

  @Test
  void tooLongIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse("999999999999999999d"))
        .withMessage("duration \"999999999999999999d\": too long");
    assertThat(DurationText.parse("106751991167300d")).isPositive();
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      Duration duration =
          Duration.ofSeconds(
              random.nextInt(1 << random.nextInt(31)), 1_000L * random.nextInt(1_000_000));
      assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
    }
  }
}
