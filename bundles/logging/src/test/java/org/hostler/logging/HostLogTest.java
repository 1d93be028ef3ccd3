// SPDX-License-Identifier: Apache-2.0
package org.hostler.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.util.Duration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLogTest {
  @TempDir Path base;
  private final LoggerContext logback = new LoggerContext();
  private final EarlyLines early = new EarlyLines();

  @AfterEach
  void close() {
    logback.stop();
    java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.INFO);
  }

  private HostLog log() {
    logback.setMDCAdapter(new LogbackMDCAdapter()); // as LogbackServiceProvider does
    early.setContext(logback);
    early.start();
    logback.getLogger("ROOT").setLevel(ch.qos.logback.classic.Level.TRACE);
    logback.getLogger("ROOT").addAppender(early);
    logback.start();
    return new HostLog(logback, early, base.resolve("log"), Duration.buildByMilliseconds(0));
  }

  private static Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("log_destination", "file");
    settings.put("log_rotation_size", "10485760");
    settings.put("log_level", "info");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private List<String> messages() throws IOException {
    return Files.readAllLines(base.resolve("log/hostler.log")).stream()
        .map(line -> line.substring(line.indexOf(" - ") + 3))
        .toList();
  }

  private void say(String logger, String message) {
    logback.getLogger(logger).debug("{} at debug", message);
    logback.getLogger(logger).info("{} at info", message);
  }

  @Test
  void linesLoggedBeforeTheSettingsAreKnownComeFirstAndObeyThem() throws IOException {
    HostLog log = log();
    say("a", "early");
    say("a.b", "early");
    assertThat(base.resolve("log")).doesNotExist();
    log.configure(settings("log_level.a.b", "debug"));
    say("a", "late");
    assertThat(messages())
        .containsExactly("early at info", "early at debug", "early at info", "late at info");
  }

  @Test
  void levelsFollowTheSettingsAlsoThoseOfJavaLogging() throws IOException {
    HostLog log = log();
    log.configure(settings("log_level", "warn", "log_level.a", "debug"));
    say("a.x", "first");
    say("b", "first");
    assertThat(java.util.logging.Logger.getLogger("a").getLevel())
        .isEqualTo(java.util.logging.Level.FINE);
    log.configure(settings("log_level", "debug", "log_level.b", "off"));
    say("a.x", "second");
    say("b", "second");
    assertThat(messages())
        .containsExactly("first at debug", "first at info", "second at debug", "second at info");
    assertThat(java.util.logging.Logger.getLogger("a").getLevel()).isNull();
    assertThat(java.util.logging.Logger.getLogger("").getLevel())
        .isEqualTo(java.util.logging.Level.FINE);
  }

  @Test
  void fileIsRotatedAtItsSizeAndTenOldOnesAreKept() throws IOException {
    HostLog log = log();
    log.configure(settings("log_rotation_size", "1024"));
    for (int line = 0; line < 200; line++) {
      logback.getLogger("a").info("{} {}", line, "x".repeat(200));
    }
    try (var files = Files.list(base.resolve("log"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(11)
          .contains("hostler.log", "hostler.1.log", "hostler.10.log");
    }
    assertThat(messages().get(messages().size() - 1)).startsWith("199 ");
    int before = messages().size();
    log.configure(settings("log_rotation_size", "1048576"));
    for (int line = 0; line < 20; line++) {
      logback.getLogger("a").info("{}", "x".repeat(200));
    }
    assertThat(messages()).hasSizeGreaterThanOrEqualTo(20).hasSizeGreaterThan(before);
  }

  @Test
  void errorOutputCanBeADestinationBesideTheFile() throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      HostLog log = log();
      log.configure(settings("log_destination", "file, stderr"));
      say("a", "both");
    } finally {
      System.setErr(before);
    }
    assertThat(messages()).containsExactly("both at info");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith(" INFO a - both at info\n");
  }

  @Test
  void errorOutputAloneMakesNoFile() {
    log().configure(settings("log_destination", "stderr"));
    assertThat(base.resolve("log")).doesNotExist();
  }

  @Test
  void fileThatCannotBeWrittenIsRefused() throws IOException {
    Files.createFile(base.resolve("log"));
    HostLog log = log();
    assertThatIllegalStateException()
        .isThrownBy(() -> log.configure(settings()))
        .withMessage("log file \"%s\": cannot be written", base.resolve("log/hostler.log"));
  }

  @Test
  void firstThousandEarlyLinesAreKept() throws IOException {
    HostLog log = log();
    for (int line = 0; line < 1_200; line++) {
      logback.getLogger("a").info("{}", line);
    }
    log.configure(settings());
    assertThat(messages()).hasSize(1_000).startsWith("0").endsWith("999");
  }
}
