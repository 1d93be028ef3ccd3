// SPDX-License-Identifier: Apache-2.0
package org.hostler.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLineTest {
  private final Map<String, String> context = new HashMap<>();
  private final LogLine layout = new LogLine(context::get);
  private final LoggerContext logback = new LoggerContext();

  private String line(String at, @Nullable String message, @Nullable Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent(
            "fqcn", logback.getLogger("org.acme.Jobs"), Level.WARN, message, thrown, null);
    event.setInstant(Instant.parse(at));
    return layout.doLayout(event);
  }

  @Test
  void lineHasTimeLevelLoggerAndMessage() {
    assertThat(line("2026-11-20T23:59:59.123Z", "full", null))
        .isEqualTo("2026-11-20T23:59:59.123Z WARN org.acme.Jobs - full\n");
    assertThat(line("2026-11-20T23:59:59.007Z", "full", null)).contains("59:59.007Z ");
    assertThat(line("2026-11-21T00:00:00Z", null, null))
        .isEqualTo("2026-11-21T00:00:00.000Z WARN org.acme.Jobs - null\n");
  }

  @Test
  void workerStandsInBracketsWithItsNameQuoted() {
    context.put("worker.id", "3:17");
    assertThat(line("2026-11-20T23:59:59.123Z", "m", null)).contains("Z WARN [3:17] org.acme");
    context.put("worker.name", "a \"b\" \\ c\nd");
    assertThat(line("2026-11-20T23:59:59.123Z", "m", null))
        .isEqualTo(
            "2026-11-20T23:59:59.123Z WARN [3:17 \"a \\\"b\\\" \\\\ c d\"] org.acme.Jobs - m\n");
  }

  @Test
  void furtherLinesBeginWithWhiteSpace() {
    assertThat(line("2026-11-20T23:59:59.123Z", "one\ntwo\r\nthree\n", null))
        .endsWith(" - one\n  two\n  three\n");
    String thrown =
        line("2026-11-20T23:59:59.123Z", "m", new IllegalStateException("no\nway", new Error("x")));
    assertThat(thrown.lines().skip(1)).isNotEmpty().allMatch(more -> more.startsWith("  "));
    assertThat(thrown)
        .contains("\n  java.lang.IllegalStateException: no\n  way\n  \tat org.hostler.logging.")
        .contains("\n  Caused by: java.lang.Error: x\n");
  }
}
