// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleJarTest {
  @TempDir Path directory;

  private BundleJar read(TestJar jar) throws IOException {
    return BundleJar.read(jar.writeTo(directory.resolve("x.jar")));
  }

  @Test
  void nameAndVersionAreRead() throws IOException {
    BundleJar jar = read(TestJar.bundle("org.acme.jobs; singleton:=true", "1.2.3.beta"));
    assertThat(jar.symbolicName()).isEqualTo("org.acme.jobs");
    assertThat(jar.version()).hasToString("1.2.3.beta");
    assertThat(jar.fragment()).isFalse();
    assertThat(jar.functions()).isEmpty();
    assertThat(jar.title()).isEqualTo("\"org.acme.jobs\" 1.2.3.beta");
  }

  @Test
  void declaredFunctionsAreReadInEveryFormOfTheHeader() throws IOException {
    String header =
        "osgi.service;objectClass:List<String>=\"a,b\";name=x,"
            + "org.hostler.function;name=one,org.hostler.function; name:String=\"two\","
            + "org.hostler.function;effective:=active;name:List<String>=\"four,three\"";
    assertThat(read(TestJar.bundle("a", "1").header("Provide-Capability", header)).functions())
        .hasValueSatisfying(
            names -> assertThat(names).containsExactly("four", "one", "three", "two"));
  }

  @Test
  void aFragmentIsRecognised() throws IOException {
    assertThat(read(TestJar.bundle("f", "1").header("Fragment-Host", "a")).fragment()).isTrue();
  }

  @Test
  void whatIsNoBundleSaysWhatIsWrong() throws IOException {
    assertWrong(TestJar.plain(), "is not a bundle: its manifest has no Bundle-SymbolicName");
    assertWrong(
        TestJar.plain().header("Bundle-SymbolicName", "a"),
        "is not a bundle: its Bundle-ManifestVersion is not 2");
    assertWrong(TestJar.bundle("a", "one"), "has a wrong Bundle-Version");
    Path text = Files.writeString(directory.resolve("text.jar"), "hello");
    assertThatThrownBy(() -> BundleJar.read(text))
        .isInstanceOf(UnusableJar.class)
        .hasMessageStartingWith("is not a jar");
  }

  private void assertWrong(TestJar jar, String words) {
    assertThatThrownBy(() -> read(jar))
        .isInstanceOf(UnusableJar.class)
        .hasMessageStartingWith(words);
  }
}
