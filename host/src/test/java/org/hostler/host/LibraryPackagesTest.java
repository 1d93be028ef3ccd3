// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LibraryPackagesTest {

  /** Needs bundles that the class path does not have, or is not code. */
  private static final String NOT_OFFERED =
      "org\\.jline\\.(nativ\\..*|builtins\\.ssh|terminal\\.impl\\.(jansi|jna)(\\..*)?)";

  @Test
  void theFrameworkOffersWhatTheLibraryExports() throws IOException {
    Attributes library = library();
    Set<String> exported =
        Arrays.stream(
                library.getValue("Export-Package").replaceAll("\"[^\"]*\"", "").split(",", -1))
            .map(clause -> clause.replaceAll(";.*", ""))
            .filter(name -> !name.matches(NOT_OFFERED))
            .collect(Collectors.toCollection(TreeSet::new));
    exported.add("version=\"%s\"".formatted(library.getValue("Bundle-Version")));

    assertThat(FrameworkProperties.libraryPackages().split(";", -1))
        .containsExactlyInAnyOrderElementsOf(exported);
  }

  private static Attributes library() throws IOException {
    String name = "org/jline/reader/LineReader.class";
    URL found = LibraryPackagesTest.class.getClassLoader().getResource(name);
    URL manifest = new URL(found.toString().replace(name, "META-INF/MANIFEST.MF"));
    try (InputStream in = manifest.openStream()) {
      return new Manifest(in).getMainAttributes();
    }
  }
}
