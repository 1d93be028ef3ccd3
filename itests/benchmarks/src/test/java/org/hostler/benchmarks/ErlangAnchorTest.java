// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ErlangAnchorTest {

  /** Under another name it would be measured, and the recorded figure be shown all the same. */
  @Test
  void whatGoalsAreComparedWithIsMeasuredInTheirUnit() throws IOException {
    String source = source();
    List<Goal.Anchor> anchors =
        new Goals()
            .all().stream()
                .map(Goal::anchor)
                .filter(anchor -> anchor.name().startsWith("Erlang "))
                .toList();
    assertThat(anchors).hasSize(4);
    assertThat(anchors)
        .allSatisfy(
            anchor ->
                assertThat(source)
                    .contains(
                        "{\"%s\", \"%s\", "
                            .formatted(
                                anchor.name().substring("Erlang ".length()), anchor.unit())));
  }

  private static String source() throws IOException {
    try (InputStream in = ErlangAnchor.class.getResourceAsStream("/" + ErlangAnchor.SOURCE)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
