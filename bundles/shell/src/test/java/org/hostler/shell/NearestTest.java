// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES = List.of("heartbeat", "org.acme.jobs", "log", "set");

  @Test
  void aFewWrongLettersAreForgiven() {
    assertThat(Nearest.of("hartbaet", NAMES)).contains("heartbeat");
    assertThat(Nearest.of("HEARTBEAT", NAMES)).contains("heartbeat");
    assertThat(Nearest.of("lgo", NAMES)).contains("log");
  }

  @Test
  void theLastPartOfANameIsEnough() {
    assertThat(Nearest.of("jobs", NAMES)).contains("org.acme.jobs");
  }

  @Test
  void whatIsTooFarIsNotOffered() {
    assertThat(Nearest.of("crash", NAMES)).isEmpty();
    assertThat(Nearest.of("got", NAMES)).isEmpty();
    assertThat(Nearest.hint("got", NAMES)).isEmpty();
  }
}
