// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.crasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.hostler.worker.Datum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

  @ParameterizedTest
  @EnumSource(Misdeed.class)
  void everyMisdeedIsUnderstood(Misdeed misdeed) {
    String text = misdeed.word() + (misdeed.needsStatus() ? ":7" : "");
    assertThat(order(text))
        .isEqualTo(new Order(misdeed, misdeed.needsStatus() ? 7 : 0, Duration.ZERO));
  }

  @Test
  void afterSaysHowLongToBehave() {
    assertThat(order("throw after=500ms").after()).isEqualTo(Duration.ofMillis(500));
    assertThat(order("exit:3 after=2s"))
        .isEqualTo(new Order(Misdeed.EXIT, 3, Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "boom", "exit", "exit:", "exit:256", "exit:-1", "throw:1", "wait later", "42"})
  void anythingElseIsRefusedWithTheForms(String text) {
    assertThatThrownBy(() -> order(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("argument \"" + text + "\"")
        .hasMessageContaining("wait, exit:N, throw")
        .hasMessageContaining("after=DURATION");
  }

  @Test
  void missingArgumentIsRefused() {
    assertThatThrownBy(() -> Order.parse(Datum.NULL)).hasMessageContaining("argument \"null\"");
  }

  @Test
  void badDurationIsRefusedWithTheUnits() {
    assertThatThrownBy(() -> order("throw after=soon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("us, ms, s, min, h, d");
  }

  private static Order order(String text) {
    return Order.parse(Datum.parse(text));
  }
}
