// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstantsTest {

  @Test
  void isTheSameForTheSameMillisecondAndNothingForNever() {
    Instants instants = new Instants();
    assertThat(instants.of(0)).isEmpty();
    Optional<Instant> first = instants.of(1_700_000_000_123L);
    assertThat(first).contains(Instant.parse("2023-11-14T22:13:20.123Z"));
    assertThat(instants.of(0)).isEmpty();
    assertThat(instants.of(1_700_000_000_123L)).isSameAs(first);
    assertThat(instants.of(1_700_000_000_124L)).contains(first.orElseThrow().plusMillis(1));
    assertThat(instants.of(1_700_000_000_123L)).isEqualTo(first);
  }
}
