// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
  private static final String FIRST =
      "2026-11-20T23:59:59.123Z INFO  [3:17 \"a \\\"b\\\" c\"] org.acme.Job - worked";
  private static final String SECOND = "2026-11-20T23:59:59.124Z WARN supervisor - (3:17) ended";

  @TempDir Path directory;

  private Path log() {
    return directory.resolve("hostler.log");
  }

  private void write(String text) throws IOException {
    Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<String> firstLines(List<LogRecord> records) {
    return records.stream().map(record -> record.lines().get(0)).toList();
  }

  @Test
  void linesThatBeginWithoutATimeBelongToTheRecordBefore() throws IOException {
    write(FIRST + "\njava.io.IOException: gone\n\tat a.B\n" + SECOND + "\n");
    try (LogReader reader = new LogReader(log())) {
      List<LogRecord> records = reader.read();
      assertThat(firstLines(records)).containsExactly(FIRST, SECOND);
      assertThat(records.get(0).lines()).hasSize(3);
    }
  }

  @Test
  void onlyNewAndWholeLinesAreReadTheNextTime() throws IOException {
    write(FIRST + "\n" + SECOND.substring(0, 20));
    try (LogReader reader = new LogReader(log())) {
      assertThat(firstLines(reader.read())).containsExactly(FIRST);
      assertThat(reader.read()).isEmpty();
      write(SECOND.substring(20) + "\n");
      assertThat(firstLines(reader.read())).containsExactly(SECOND);
    }
  }

  @Test
  void noLineIsLostWhenTheLogIsRotated() throws IOException {
    write(FIRST + "\n");
    try (LogReader reader = new LogReader(log())) {
      reader.read();
      write(SECOND + "\n");
      Files.move(log(), directory.resolve("hostler.log.1"));
      write(FIRST + "\n");
      assertThat(firstLines(reader.read())).containsExactly(SECOND, FIRST);
    }
  }

  @Test
  void aLogThatIsNotThereYetIsEmpty() throws IOException {
    try (LogReader reader = new LogReader(log())) {
      assertThat(reader.read()).isEmpty();
      write(FIRST + "\n");
      assertThat(firstLines(reader.read())).containsExactly(FIRST);
    }
  }

  @Test
  void aRecordConcernsTheWorkerThatWroteItOrThatItIsAbout() {
    assertThat(new LogRecord(FIRST).concerns("3:17", "")).isTrue();
    assertThat(new LogRecord(FIRST).concerns("3:1", "")).isFalse();
    assertThat(new LogRecord(FIRST).concerns("", "a \"b\" c")).isTrue();
    assertThat(new LogRecord(FIRST).concerns("", "a")).isFalse();
    assertThat(new LogRecord(SECOND).concerns("3:17", "")).isTrue();
    assertThat(new LogRecord(SECOND).concerns("13:17", "")).isFalse();
    String about = "2026-11-20T23:59:59.124Z INFO s - background worker \"a\" of type \"t\" ended";
    assertThat(new LogRecord(about).concerns("", "a")).isTrue();
    assertThat(new LogRecord(about).concerns("", "t")).isFalse();
  }
}
