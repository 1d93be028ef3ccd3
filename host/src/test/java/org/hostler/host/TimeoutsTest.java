// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutsTest {

  @Test
  void aNumberAndItsUnitAreADuration() {
    assertThat(Timeouts.parse("500ms")).contains(Duration.ofMillis(500));
    assertThat(Timeouts.parse("60s")).contains(Duration.ofMinutes(1));
    assertThat(Timeouts.parse("2min")).contains(Duration.ofMinutes(2));
    assertThat(Timeouts.parse("1h")).contains(Duration.ofHours(1));
    assertThat(Timeouts.parse("1d")).contains(Duration.ofDays(1));
    assertThat(Timeouts.parse("0")).contains(Duration.ZERO);
    assertThat(Timeouts.parse("7")).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1.5s", "1m", "1 s", "9999999999s", "soon"})
  void anythingElseIsNone(String text) {
    assertThat(Timeouts.parse(text)).isEmpty();
  }
}
