// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> NAMES =
      List.of("max_worker_processes", "log_level", "crash_scope", "heartbeat");

  @Test
  void missingDoubledAndSwappedLettersAreForgiven() {
    assertThat(NearestName.of("max_worker_proceses", NAMES)).contains("max_worker_processes");
    assertThat(NearestName.of("LOG_LEVLE", NAMES)).contains("log_level");
    assertThat(NearestName.of("hartbeat", NAMES)).contains("heartbeat");
  }

  @Test
  void nothingNearIsNothing() {
    assertThat(NearestName.of("shared_buffers", NAMES)).isEmpty();
    assertThat(NearestName.of("x", List.of("ab", "y"))).isEmpty();
    assertThat(NearestName.question("x", NAMES)).isEmpty();
  }

  @Test
  void questionQuotesTheName() {
    assertThat(NearestName.question("log_lvl", NAMES)).isEqualTo("Did you mean \"log_level\"?");
  }
}
