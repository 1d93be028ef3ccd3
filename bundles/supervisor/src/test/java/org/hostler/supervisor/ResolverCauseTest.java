// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class ResolverCauseTest {
  @TempDir Path directory;
  private TestFramework felix;

  @BeforeEach
  void open() throws Exception {
    felix = new TestFramework(directory).started();
  }

  @AfterEach
  void close() throws Exception {
    felix.close();
  }

  private Bundle install(String name, TestJar jar) throws Exception {
    Path file = jar.writeTo(directory.resolve(name + ".jar"));
    return felix.context().installBundle(file.toUri().toString());
  }

  private String cause(Bundle bundle) {
    try {
      bundle.start();
      throw new AssertionError(bundle + " could be started");
    } catch (BundleException e) {
      return ResolverCause.of(felix.context(), bundle, e.getMessage());
    }
  }

  private String causeOf(String header, String value) throws Exception {
    return cause(install("x", TestJar.bundle("x", "1.0").header(header, value)));
  }

  @Test
  void aMissingPackageIsNamedWithItsRangeAndTheNearest() throws Exception {
    install("p", TestJar.bundle("provider", "1").exports("org.acme.jobs", "2.1"));
    assertThat(causeOf("Import-Package", "java.lang,org.acme.jobs;version=\"[1,2)\""))
        .isEqualTo(
            "needs package org.acme.jobs [1,2); nobody offers it; nearest: org.acme.jobs 2.1");
  }

  @Test
  void aMistypedPackageIsNamedWithWhatIsNear() throws Exception {
    install("p", TestJar.bundle("provider", "1").exports("org.acme.jobs", "2.1"));
    assertThat(causeOf("Import-Package", "org.acme.jbos;version=2"))
        .isEqualTo(
            "needs package org.acme.jbos 2 or later; nobody offers it; nearest: org.acme.jobs 2.1");
  }

  @Test
  void anOptionalPackageIsNoCause() throws Exception {
    assertThat(causeOf("Import-Package", "q;resolution:=optional,p"))
        .isEqualTo("needs package p; nobody offers it");
  }

  @Test
  void aProviderThatCannotBeResolvedItselfGivesItsCause() throws Exception {
    install("p", TestJar.bundle("provider", "1").exports("p", "1").imports("missing.one"));
    assertThat(causeOf("Import-Package", "p"))
        .isEqualTo(
            "needs package p; bundle \"provider\" would offer it but needs package missing.one;"
                + " nobody offers it");
  }

  @Test
  void otherRequirementsAreNamedToo() throws Exception {
    assertThat(causeOf("Require-Bundle", "org.acme.core;bundle-version=\"[3,4)\""))
        .isEqualTo("needs bundle org.acme.core [3,4); nobody offers it");
    assertThat(
            cause(
                install(
                    "y",
                    TestJar.bundle("y", "1")
                        .header(
                            "Require-Capability",
                            "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""))))
        .startsWith("needs another Java: ");
  }

  @Test
  void aConflictBetweenPackagesIsToldInTheFrameworksWordsInOneLine_F24() throws Exception {
    install("p1", TestJar.bundle("p1", "1").exports("p", "1.0"));
    install("p2", TestJar.bundle("p2", "1").exports("p", "2.0"));
    install(
        "q",
        TestJar.bundle("q", "1")
            .entry("q/here.txt", "q")
            .header("Export-Package", "q;uses:=p")
            .imports("p;version=\"[1,2)\""));
    String cause = causeOf("Import-Package", "q,p;version=2");
    assertThat(cause).containsIgnoringCase("uses constraint").doesNotContain("\n");
  }
}
