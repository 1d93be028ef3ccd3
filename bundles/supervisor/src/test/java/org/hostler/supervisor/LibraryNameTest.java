// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

class LibraryNameTest {

  @Test
  void aBareNameMeansEveryVersion_G4() {
    LibraryName name = LibraryName.parse(" org.acme.jobs ");
    assertThat(name.symbolicName()).isEqualTo("org.acme.jobs");
    assertThat(name.matches("org.acme.jobs", new Version(0, 0, 0))).isTrue();
    assertThat(name.matches("org.acme.jobs", new Version(9, 9, 9))).isTrue();
    assertThat(name.matches("org.acme.job", new Version(1, 0, 0))).isFalse();
    assertThat(name).hasToString("org.acme.jobs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.b;[1.2,2)      | 1.2.0 | true",
        "a.b;[1.2,2)      | 2.0.0 | false",
        "a.b; [1.2,2)     | 1.1.9 | false",
        "a.b;1.2          | 7.0.0 | true",
        "a.b@1.2..2       | 1.2.0 | true",
        "a.b@1.2..2       | 1.9.9 | true",
        "a.b@1.2..2       | 2.0.0 | false",
        "a.b@1.2          | 7.0.0 | true",
        "a.b@1.2          | 1.1.0 | false",
        "a-b_c@1.2.3..1.3 | 1.2.4 | true"
      })
  void bothFormsOfARangeMeanTheSame(String text, String version, boolean matches) {
    LibraryName name = LibraryName.parse(text);
    assertThat(name.matches(name.symbolicName(), Version.parseVersion(version))).isEqualTo(matches);
  }

  @Test
  void theShellsFormIsTheFrameworksRange() {
    assertThat(LibraryName.parse("a.b@1.2..2")).isEqualTo(LibraryName.parse("a.b;[1.2,2)"));
    assertThat(LibraryName.parse("a.b@1.2..2")).hasToString("a.b;[1.2.0,2.0.0)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "a;", "a;[1,2", "a@", "a@x", "a@1..y", "a@2..1", "a;[2,1]", "a/b", "ä"})
  void whatIsWrittenInNoKnownWayIsRefusedInWords(String text) {
    assertThatThrownBy(() -> LibraryName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("library \"" + text + "\": not the name of a library\n")
        .hasMessageEndingWith("\nWrite a.b, a.b;[1.2,2) or a.b@1.2..2.");
  }
}
