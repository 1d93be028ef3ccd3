// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarCheckTest {
  @TempDir Path directory;

  private final TestJar whole =
      TestJar.bundle("a", "1.0").entry("text.txt", "some text that is deflated, text, text");

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("x.jar"), bytes);
  }

  @Test
  void aWholeJarHasNoProblem() throws IOException {
    assertThat(JarCheck.problem(file(whole.bytes()))).isEmpty();
  }

  @Test
  void anEmptyFileIsNamedAsSuch_F20() throws IOException {
    assertThat(JarCheck.problem(file(new byte[0]))).contains("is empty");
  }

  @Test
  void aTextFileIsNoJar() throws IOException {
    assertThat(JarCheck.problem(file("hello, this is no jar".getBytes("UTF-8"))).orElseThrow())
        .startsWith("is not a jar");
  }

  @Test
  void aJarCutOffAnywhereIsFound_F20() throws IOException {
    byte[] bytes = whole.bytes();
    for (int length = 1; length < bytes.length; length++) {
      assertThat(JarCheck.problem(file(Arrays.copyOf(bytes, length))))
          .as("cut off after %d of %d bytes", length, bytes.length)
          .isPresent();
    }
  }

  @Test
  void aHalfCopiedJarThatEndsInAStoredJarIsFound_F20() throws IOException {
    byte[] inner = TestJar.bundle("inner", "1.0").bytes();
    byte[] outer = TestJar.bundle("outer", "1.0").stored("lib/inner.jar", inner).bytes();
    int end = indexOf(outer, inner) + inner.length;
    Path half = file(Arrays.copyOf(outer, end));
    try (ZipFile zip = new ZipFile(half.toFile())) {
      assertThat(zip.getEntry("META-INF/MANIFEST.MF")).as("it opens as the inner jar").isNotNull();
    }
    assertThat(JarCheck.problem(half))
        .contains("is cut off: its end belongs to a jar stored within it");
    assertThat(JarCheck.problem(file(outer))).isEmpty();
  }

  @Test
  void everyFlippedByteOfAnEntryIsFound_F20() throws IOException {
    byte[] bytes = TestJar.plain().stored("x.bin", new byte[] {1, 2, 3, 4, 5}).bytes();
    int at = indexOf(bytes, new byte[] {1, 2, 3, 4, 5});
    for (int i = at; i < at + 5; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      assertThat(JarCheck.problem(file(damaged)))
          .contains("is damaged: the bytes of \"x.bin\" do not match");
    }
  }

  @Test
  void aCommentBehindTheEndRecordDoesNoHarm() throws IOException {
    Path file = directory.resolve("comment.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setComment("a comment, of some length");
      zip.putNextEntry(new ZipEntry("a.txt"));
      zip.write(42);
    }
    assertThat(JarCheck.problem(file)).isEmpty();
  }

  @Test
  void aJarWithMoreEntriesThanTheOldEndRecordCountsIsWhole() throws IOException {
    Path file = directory.resolve("wide.jar");
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int i = 0; i < 65_540; i++) {
        ZipEntry entry = new ZipEntry(i + "/");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(0);
        entry.setCrc(0);
        zip.putNextEntry(entry);
      }
    }
    assertThat(JarCheck.problem(file)).isEmpty();
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length - 22 - 20 + 8, 7);
    assertThat(JarCheck.problem(file(bytes))).isPresent();
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }
}
