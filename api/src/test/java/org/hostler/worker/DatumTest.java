// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatumTest {
  @ParameterizedTest
  @CsvSource({
    "7,Int",
    "-7,Int",
    "+7,Int",
    "007,Int",
    "9223372036854775807,Int",
    "9223372036854775808,Text",
    "1.5,Decimal",
    ".5,Decimal",
    "1e3,Decimal",
    "true,Bool",
    "false,Bool",
    "TRUE,Text",
    "1.2.3,Text",
    "1s,Text",
    "'',Text",
    "null,Text",
    "text:7,Text",
    "bytes:00ff,Bytes",
    "bytes:,Bytes"
  })
  void typeIsReadFromTheText_R28(String typed, String type) {
    assertThat(Datum.parse(typed).getClass().getSimpleName()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "-1",
        "1.5",
        "1.0E300",
        "true",
        "hello world",
        "",
        "text:7",
        "text:text:",
        "bytes:00ff",
        "text:bytes:zz",
        "text:true",
        "text:1e3",
        "ä"
      })
  void whatIsWrittenIsReadBack_R28(String typed) {
    Datum datum = Datum.parse(typed);
    assertThat(Datum.parse(datum.toString())).isEqualTo(datum).hasSameHashCodeAs(datum);
  }

  @Test
  void hexDigitsComeInPairs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datum.parse("bytes:0"))
        .withMessage("argument \"bytes:0\": expected pairs of hex digits after bytes:");
  }

  @Test
  void longestTextAndBytesAreKeptAndOneMoreByteIsRefused_R2_R28() {
    assertThat(Datum.of("x".repeat(65_536)).asText()).hasSize(65_536);
    assertThat(Datum.of(new byte[65_536]).asBytes()).hasSize(65_536);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datum.of("ä".repeat(32_768) + "x"))
        .withMessage("argument: text of 65537 bytes is longer than 65536 bytes");
    assertThatIllegalArgumentException().isThrownBy(() -> Datum.of(new byte[65_537]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datum.parse("bytes:" + "00".repeat(65_537)));
  }

  @Test
  void valueOfAnotherTypeIsRefusedWithBothTypes() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Datum.of("x").asLong())
        .withMessage("argument: expected an integer, is text");
    assertThatIllegalStateException().isThrownBy(() -> Datum.NULL.asText());
    assertThatIllegalStateException().isThrownBy(() -> Datum.of(1).asBoolean());
    assertThatIllegalStateException().isThrownBy(() -> Datum.of(1).asBytes());
    assertThatIllegalStateException().isThrownBy(() -> Datum.of(true).asDouble());
    assertThat(Datum.of(3).asDouble()).isEqualTo(3.0);
    assertThat(Datum.of(2.5).asDouble()).isEqualTo(2.5);
    assertThat(Datum.of(true).asBoolean()).isTrue();
  }
}
