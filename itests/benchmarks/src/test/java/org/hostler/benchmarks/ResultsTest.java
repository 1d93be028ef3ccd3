// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResultsTest {
  private final Results results = new Results();

  @Test
  void linesThatSayFiguresAreRead() {
    assertThat(results.on(17, 0).read("figure\tlaunch apart p50\tus\t24.1000")).isTrue();
    assertThat(results.on(17, 0).read("figure\tlaunch apart p50\tus\t26")).isTrue();
    assertThat(results.on(17, 0).read("ready in 600 ms: 1 workers running")).isFalse();
    assertThat(results.find(17, "launch apart p50"))
        .hasValueSatisfying(series -> assertThat(series.median()).isEqualTo(25.05));
  }

  @Test
  void brokenLineIsRefused() {
    assertThatThrownBy(() -> results.on(17, 0).read("figure\tlaunch"))
        .hasMessageContaining("launch");
  }

  @Test
  void figureWithoutJdkIsFoundFromEachButNotThatOfAnother() {
    results.on(Results.NO_JDK, 0).add("pg", "us", 1);
    results.on(17, 0).add("own", "us", 2);
    assertThat(results.find(25, "pg")).isPresent();
    assertThat(results.find(25, "own")).isEmpty();
  }
}
