// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingDefinitionTest {
  private static final SettingDefinition NAP =
      SettingDefinition.duration("a.nap", Duration.ofSeconds(10))
          .range(Duration.ofMillis(1), Duration.ofDays(1))
          .unit("s");

  private static SettingsRefused refusal(SettingDefinition definition, String text) {
    return catchThrowableOfType(SettingsRefused.class, () -> definition.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"10s,10000", "500ms,500", "1.5min,90000", "2,2000", "'  3 s ',3000", "1d,86400000"})
  void durationHasANumberAndAUnit(String text, long millis) {
    assertThat(NAP.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void unknownUnitIsRefusedWithTheValidOnes() {
    SettingsRefused refused = refusal(NAP, "10 parsecs");
    assertThat(refused).hasMessage("setting \"a.nap\": \"10 parsecs\" is not a duration");
    assertThat(refused.hint())
        .isEqualTo("Unknown unit \"parsecs\". Valid units are us, ms, s, min, h, d.");
  }

  @Test
  void bareNumberNeedsAUnitInTheDefinition() {
    SettingDefinition bare = SettingDefinition.duration("a.b", Duration.ofSeconds(1));
    assertThat(refusal(bare, "10").hint()).startsWith("It has no unit.");
    assertThat(bare.parse("0")).isEqualTo(Duration.ZERO);
  }

  @Test
  void valueOutsideTheRangeIsRefusedWithTheRange() {
    SettingsRefused refused = refusal(NAP, "2d");
    assertThat(refused).hasMessage("setting \"a.nap\": 2d is outside its range");
    assertThat(refused.detail()).isEqualTo("The range is 1ms to 1d.");
    assertThat(NAP.parse("1d")).isEqualTo(Duration.ofDays(1));
    assertThat(refusal(SettingDefinition.integer("a.n", 1), "4294967296").detail())
        .isEqualTo("The range is -2147483648 to 2147483647.");
  }

  @ParameterizedTest
  @CsvSource({"on,true", "TRUE,true", "y,true", "1,true", "of,false", "f,false", "no,false"})
  void switchTakesPostgresqlsWords(String text, boolean value) {
    assertThat(SettingDefinition.bool("a.b", false).parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"o", "", "2", "onn", "maybe"})
  void anythingElseIsNoSwitch(String text) {
    assertThat(refusal(SettingDefinition.bool("a.b", false), text).hint())
        .isEqualTo("Write on or off.");
  }

  @ParameterizedTest
  @CsvSource({"64MB,67108864", "1kB,1024", "0,0", "1.5 GB,1610612736", "7,7340032", "12B,12"})
  void sizeCountsIn1024(String text, long bytes) {
    SettingDefinition heap = SettingDefinition.size("a.heap", 64 << 20).unit("MB");
    assertThat(heap.parse(text)).isEqualTo(bytes);
    assertThat(heap.defaultValue()).isEqualTo("64MB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"64mb", "x", "-1MB", "9000000TB", "1 M B"})
  void wrongSizesAreRefused(String text) {
    assertThat(refusal(SettingDefinition.size("a.heap", 1024), text)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"12,12", "-3,-3", "0x1F,31", "+4,4"})
  void integerIsDecimalOrHexadecimal(String text, int value) {
    assertThat(SettingDefinition.integer("a.n", 1).parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "10MB", "", "ten", "0x"})
  void integerTakesNoFractionAndNoUnit(String text) {
    assertThat(refusal(SettingDefinition.integer("a.n", 1), text).getMessage())
        .endsWith("is not an integer");
  }

  @Test
  void decimalMayHaveAnExponent() {
    assertThat(SettingDefinition.decimal("a.d", 0.5).range(0, 100).parse("2.5e1")).isEqualTo(25.0);
    assertThat(refusal(SettingDefinition.decimal("a.d", 0.5), "NaN")).isNotNull();
  }

  @Test
  void listIgnoresWhiteSpaceAndKnowsDoubleQuotes_G4() {
    SettingDefinition list = SettingDefinition.list("shared_preload_libraries", List.of());
    assertThat(list.parse(" org.acme.a ,\t\"org.acme.b;[1.2,2)\" , \"say \"\"hi\"\"\""))
        .isEqualTo(List.of("org.acme.a", "org.acme.b;[1.2,2)", "say \"hi\""));
    assertThat(list.parse("  ")).isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,,b|an empty entry at character 3",
        "a,|an empty entry at character 3",
        "a, \"b|an unbalanced double quote at character 4",
        "\"a\" b|text after a closing quote at character 5",
        "a\"b|a double quote inside an entry at character 4",
        "\"\"|an empty entry at character 3"
      })
  void wrongListSaysWhatAndWhere_G4_G5(String text, String detail) {
    SettingsRefused refused = refusal(SettingDefinition.list("a.l", List.of()), text);
    assertThat(refused).hasMessage("setting \"a.l\": list syntax is wrong");
    assertThat(refused.detail()).isEqualTo(detail + ": " + text);
  }

  @Test
  void choicesAreComparedWithoutCaseAndKeptAsDefined() {
    SettingDefinition scope =
        SettingDefinition.enumeration("crash_scope", "attached", "attached", "all");
    assertThat(scope.parse("ALL")).isEqualTo("all");
    assertThat(refusal(scope, "none").hint()).isEqualTo("Available values: attached, all.");
    assertThat(refusal(SettingDefinition.list("a.l", List.of("x"), "x", "y"), "x, z")).isNotNull();
  }

  @Test
  void formatIsReadBack() {
    Map<SettingDefinition, List<?>> values =
        Map.of(
            NAP,
            List.of(Duration.ofMillis(1), Duration.ofSeconds(90), Duration.ofHours(24)),
            SettingDefinition.size("a.s", 0),
            List.of(0L, 1L, 1023L, 1536L, 5L << 40),
            SettingDefinition.decimal("a.d", 0),
            List.of(0.1, 1e20, -3.0),
            SettingDefinition.bool("a.b", true),
            List.of(true, false),
            SettingDefinition.list("a.l", List.of()),
            List.of(List.of(), List.of("a", "b,c", "d\"e", " f")));
    values.forEach(
        (definition, list) ->
            list.forEach(
                value -> assertThat(definition.parse(SettingText.format(value))).isEqualTo(value)));
  }

  @Test
  void definitionThatContradictsItselfCannotBeBuilt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingDefinition.integer("a.n", 0).range(1, 100))
        .withMessage("default of setting \"a.n\": 0 is outside its range; The range is 1 to 100.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingDefinition.text("a.t", "").range(1, 2))
        .withMessage("setting \"a.t\": a text has no range");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NAP.unit("kB"))
        .withMessageContaining("unit \"kB\" is none of");
    assertThatIllegalArgumentException().isThrownBy(() -> SettingDefinition.text("a..b", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingDefinition.enumeration("a.e", "x", "y"));
  }

  @Test
  void snapshotGivesEachValueByItsTypeOnly() {
    SettingsSnapshot snapshot =
        SettingsSnapshot.of(
            7,
            Map.of("a.n", 3, "a.nap", Duration.ofSeconds(90), "b.list", List.of("x,y"), "b.s", 8L));
    assertThat(snapshot.version()).isEqualTo(7);
    assertThat(snapshot.integer("A.N")).isEqualTo(3);
    assertThat(snapshot.text("a.nap")).isEqualTo("90s");
    assertThat(snapshot.text("b.list")).isEqualTo("\"x,y\"");
    assertThat(snapshot.bytes("b.s")).isEqualTo(8);
    assertThat(snapshot.names("b.")).containsExactly("b.list", "b.s");
    assertThatThrownBy(() -> snapshot.bool("a.n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("setting \"a.n\": its type is integer, not bool");
    assertThatThrownBy(() -> snapshot.text("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("setting \"c\": unknown");
  }
}
