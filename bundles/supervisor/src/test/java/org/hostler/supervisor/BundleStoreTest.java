// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleStoreTest {
  @TempDir Path directory;

  private BundleStore open() throws IOException {
    return BundleStore.open(directory.resolve("run/store"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("run/store"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void bytesAreKeptOnceUnderTheirDigest() throws Exception {
    BundleStore store = open();
    byte[] bytes = TestJar.bundle("a", "1.0").bytes();
    Path a = Files.write(directory.resolve("a.jar"), bytes);
    Path b = Files.write(directory.resolve("b.jar"), bytes);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(store.keep(a).getFileName()).hasToString(sha256 + ".jar");
    assertThat(store.keep(b)).isEqualTo(store.keep(a)).hasBinaryContent(bytes);
    assertThat(names()).containsExactly(sha256 + ".jar");
  }

  @Test
  void anOverwrittenSourceHarmsNobody() throws Exception {
    BundleStore store = open();
    TestJar jar = TestJar.bundle("a", "1.0");
    Path source = jar.writeTo(directory.resolve("a.jar"));
    Path kept = store.keep(source);
    Files.writeString(source, "overwritten");
    assertThat(kept).hasBinaryContent(jar.bytes());
  }

  @Test
  void whatIsNoWholeJarIsNotKept_F20() throws Exception {
    BundleStore store = open();
    Path empty = Files.createFile(directory.resolve("empty.jar"));
    assertThatThrownBy(() -> store.keep(empty))
        .isInstanceOf(UnusableJar.class)
        .hasMessage("is empty")
        .extracting(thrown -> ((UnusableJar) thrown).file())
        .isEqualTo(empty);
    assertThat(names()).isEmpty();
  }

  @Test
  void whatAnEarlierHostLeftIsRemoved_F26() throws Exception {
    Path kept = open().keep(TestJar.bundle("a", "1.0").writeTo(directory.resolve("a.jar")));
    Files.writeString(kept, "damaged while the host was down");
    Files.createFile(kept.resolveSibling("draft-7.tmp"));
    open();
    assertThat(names()).isEmpty();
  }

  @Test
  void aFileOfTheFrameworksCacheIsNotCopied() throws Exception {
    BundleStore store = open();
    Path cached = TestJar.bundle("a", "1.0").writeTo(directory.resolve("bundle.jar"));
    Path kept = store.adopt(cached);
    assertThat(Files.isSameFile(kept, cached)).isTrue();
    assertThat(store.adopt(cached)).isEqualTo(kept);
  }

  @Test
  void aLocationIsAReferenceIntoTheStore() throws Exception {
    BundleStore store = open();
    Path jar = TestJar.bundle("a", "1.0").writeTo(directory.resolve("a b.jar"));
    String location = BundleStore.location(store.keep(jar));
    assertThat(location).startsWith("reference:file:/");
    assertThat(store.holds(location)).isTrue();
    assertThat(store.holds(BundleStore.location(jar))).isFalse();
    assertThat(BundleStore.byReference(jar.toUri().toString())).isFalse();
  }
}
