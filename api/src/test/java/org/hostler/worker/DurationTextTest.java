// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "0s,0,0",
    "5us,5000,5us",
    "500ms,500000000,500ms",
    "10s,10000000000,10s",
    "90s,90000000000,90s",
    "120s,120000000000,2min",
    "1.5h,5400000000000,90min",
    "1d,86400000000000,1d",
    "' 2 min ',120000000000,2min",
    "0.5s,500000000,500ms",
    "000000000.25s,250000000,250ms",
    "1500ms,1500000000,1500ms",
    "1000001us,1000001000,1000001us",
    "2.0025ms,2002500,2002.5us",
    "1.000000001d,86400000086400,86400000086.4us",
    "0.000000001d,86400,86.4us",
    "1.999999999us,1999,1.999us"
  })
  void numberAndUnit(String typed, long nanos, String written) {
    assertThat(DurationText.parse(typed)).isEqualTo(Duration.ofNanos(nanos));
    assertThat(DurationText.format(Duration.ofNanos(nanos))).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "-1s", "1", "1m", "1 parsec", "1S", "1e3s", "1..2s", "1s 2s", "1.s"})
  void anythingElseIsRefusedWithTheText(String typed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse(typed))
        .withMessageStartingWith("duration \"" + typed + "\": ");
  }

  @Test
  void tooLongIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse("999999999999999999d"))
        .withMessage("duration \"999999999999999999d\": too long");
    assertThat(DurationText.parse("106751991167300d")).isPositive();
    assertThat(DurationText.parse("153722867280912930.1min"))
        .isEqualTo(Duration.ofSeconds(Long.MAX_VALUE - 1));
    for (String typed : List.of("153722867280912930.125min", "153722867280912930.999999999min")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DurationText.parse(typed))
          .withMessage("duration \"%s\": too long", typed);
    }
  }

  /** Every setting's default is read while a host starts. */
  @Test
  @Timeout(60)
  void usualDurationsNeedNoBigNumbers() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+init=info",
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName())
            .redirectErrorStream(true);
    List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
        .forEach(builder.environment()::remove);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said).contains("read 3145728 and 90s");
    assertThat(said).contains("'java/util/regex/Pattern'").doesNotContain("'java/math/BigDecimal'");
  }

  /** What the test above runs. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] arguments) {
      Object bytes = SettingDefinition.size("a.size", 1L << 20).parse("3MB");
      Duration duration = DurationText.parse("1.5min");
      System.out.println("read " + bytes + " and " + DurationText.format(duration));
    }
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      Duration duration =
          Duration.ofSeconds(
              random.nextInt(1 << random.nextInt(31)), 1_000L * random.nextInt(1_000_000));
      assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
    }
  }
}
