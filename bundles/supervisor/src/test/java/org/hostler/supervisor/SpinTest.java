// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpinTest {
  private final Spin spin = new Spin();
  private final AtomicInteger looks = new AtomicInteger();

  @BeforeEach
  void severalProcessors() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
  }

  private BooleanSupplier never() {
    return () -> {
      looks.incrementAndGet();
      return false;
    };
  }

  @Test
  void whatHappensMeanwhileIsSeen() {
    assertThat(spin.until(() -> looks.incrementAndGet() == 1)).isTrue();
  }

  @Test
  void whoLookedInVainLetsTheNextOnesSleepAndTheOneAfterThemLook() {
    assertThat(spin.until(never())).isFalse();
    assertThat(looks.get()).isPositive();
    int before = looks.get();
    int asleep = 0;
    while (looks.get() == before) {
      assertThat(spin.until(never())).isFalse();
      asleep++;
    }
    assertThat(asleep - 1).isEqualTo(8);
  }
}
