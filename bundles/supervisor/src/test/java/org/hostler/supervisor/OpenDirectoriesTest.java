// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDirectoriesTest {
  @TempDir Path base;

  private void make(String name, String permissions) throws IOException {
    Path directory = Files.createDirectory(base.resolve(name));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void oneLineNamesEveryDirectoryThatOthersCanWrite() throws IOException {
    make("conf", "rwxr-xr-x");
    make("extensions", "rwxrwxr-x");
    make("deploy", "rwxrwxrwx");
    make("log", "rwxrwxrwx");
    assertThat(OpenDirectories.in(base))
        .containsExactly("\"extensions\" (its group)", "\"deploy\" (everybody)");
    try (CapturedLog log = new CapturedLog()) {
      OpenDirectories.warn(base);
      assertThat(log.lines("WARN"))
          .singleElement()
          .asString()
          .contains("others can write \"extensions\" (its group), \"deploy\" (everybody)");
    }
  }

  @Test
  void closedAndMissingDirectoriesAreNotNamed() throws IOException {
    make("conf", "rwx------");
    assertThat(OpenDirectories.in(base)).isEmpty();
  }
}
