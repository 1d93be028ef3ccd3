// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryPathTest {
  @TempDir Path directory;
  private Path base;
  private Path home;
  private LibraryPath path;

  @BeforeEach
  void directories() throws IOException {
    base = directory.resolve("instance");
    home = directory.resolve("distribution");
    Files.createDirectories(base.resolve("extensions"));
    Files.createDirectories(home.resolve("extensions"));
    path = new LibraryPath(List.of("extensions", "missing", "$libdir"), base, home);
  }

  private Path bundle(Path root, String file, String name, String version) {
    return TestJar.bundle(name, version).writeTo(root.resolve("extensions").resolve(file));
  }

  private Path found(String library) {
    return path.find(LibraryName.parse(library)).map(BundleJar::file).orElse(null);
  }

  @Test
  void theManifestsNameCountsNotTheFiles() {
    Path jar = bundle(base, "anything.jar", "org.acme.jobs", "1.0");
    assertThat(found("org.acme.jobs")).isEqualTo(jar);
    assertThat(found("anything")).isNull();
  }

  @Test
  void theFirstDirectoryWinsWhateverTheVersion() {
    Path mine = bundle(base, "a.jar", "a", "1.0");
    bundle(home, "a.jar", "a", "2.0");
    assertThat(found("a")).isEqualTo(mine);
    assertThat(found("a@2")).isEqualTo(home.resolve("extensions/a.jar"));
  }

  @Test
  void theHighestVersionInRangeWinsInADirectory() {
    bundle(home, "a1.jar", "a", "1.0");
    Path a19 = bundle(home, "a2.jar", "a", "1.9");
    bundle(home, "a3.jar", "a", "1.10.1");
    bundle(home, "a4.jar", "a", "2.0");
    assertThat(found("a;[1,1.10)")).isEqualTo(a19);
    assertThat(found("a")).isEqualTo(home.resolve("extensions/a4.jar"));
    assertThat(found("a@3")).isNull();
  }

  @Test
  void aCorruptJarIsPassedOverAndCanBeNamed() throws IOException {
    Path corrupt = Files.writeString(base.resolve("extensions/a-1.2.jar"), "no jar");
    Path good = bundle(base, "good.jar", "b", "1.0");
    assertThat(found("b")).isEqualTo(good);
    assertThat(found("a")).isNull();
    assertThat(path.unusable("a"))
        .hasValueSatisfying(jar -> assertThat(jar.file()).isEqualTo(corrupt));
    assertThat(path.unusable("a-1")).isEmpty();
    assertThat(path.unusable("b")).isEmpty();
  }

  @Test
  void aChangedFileIsReadAgain() throws IOException {
    Path jar = bundle(base, "x.jar", "a", "1.0");
    assertThat(found("a")).isEqualTo(jar);
    bundle(base, "x.jar", "longer.name", "1.0");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    assertThat(found("a")).isNull();
    assertThat(found("longer.name")).isEqualTo(jar);
    Files.delete(jar);
    assertThat(found("longer.name")).isNull();
  }

  @Test
  void everyLibraryIsListedOnceForEachVersion() {
    bundle(base, "a.jar", "a", "1.0");
    bundle(home, "a.jar", "a", "1.0");
    bundle(home, "a2.jar", "a", "2.0");
    assertThat(path.jars())
        .extracting(jar -> jar.symbolicName() + " " + jar.version())
        .containsExactly("a 1.0.0", "a 2.0.0");
    assertThat(path).hasToString("extensions, missing, $libdir");
  }
}
