// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The clock that is looked at for every statement. */
class StatementClockTest {
  private final AtomicLong nanos = new AtomicLong(1_000);
  private final List<Runnable> begun = new ArrayList<>();
  private final StatementClock clock = new StatementClock(begun::add, nanos::get);

  @Test
  void rightWhenItHasStoodStillAndTicksOnlyWhileItIsAsked() {
    assertThat(clock.now()).isEqualTo(1_000);
    nanos.set(2_000);
    assertThat(clock.now()).as("between two ticks").isEqualTo(1_000);
    assertThat(begun).hasSize(1);
    begun.get(0).run(); // ends by itself, since nobody asks
    nanos.set(3_000);
    assertThat(clock.now()).isEqualTo(3_000);
    assertThat(begun).hasSize(2);
  }
}
