// SPDX-License-Identifier: Apache-2.0
package org.hostler.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.MDC;

/**
 * The host's log: what the settings say, put into logback.
 *
 * <p>Destinations are made once, at the first {@link #configure}; then come the early lines that
 * the levels let through. Later calls change levels and the size at which the file is rotated.
 * {@code hostler.log} is the newest file, {@code hostler.1.log} the one before, {@code
 * hostler.10.log} the oldest.
 *
 * <p>Levels of java.util.logging follow, since its loggers ask their own level first.
 */
final class HostLog {
  private static final String LEVEL = "log_level";
  private static final int KEPT = 10;

  private final LoggerContext logback;
  private final EarlyLines early;
  private final Path directory;
  private final Duration check;
  private final SizeBasedTriggeringPolicy<ILoggingEvent> rotation =
      new SizeBasedTriggeringPolicy<>();
  private final Map<String, java.util.logging.Logger> levels = new HashMap<>(); // keeps them alive
  private boolean configured;

  /**
   * Makes a log that goes nowhere yet.
   *
   * @param directory where the files lie; made when it is missing
   * @param check how often at most the file system is asked for the file's size
   */
  HostLog(LoggerContext logback, EarlyLines early, Path directory, Duration check) {
    this.logback = logback;
    this.early = early;
    this.directory = directory;
    this.check = check;
  }

  /**
   * Adopts settings.
   *
   * @param settings {@code log_destination} ({@code file}, {@code stderr} or both, separated by a
   *     comma), {@code log_rotation_size} (bytes), {@code log_level} and {@code log_level.<logger>}
   * @throws IllegalStateException when the file cannot be written; nothing has changed then
   */
  synchronized void configure(Map<String, String> settings) {
    rotation.setMaxFileSize(new FileSize(Long.parseLong(settings.get("log_rotation_size"))));
    List<Appender<ILoggingEvent>> made =
        configured ? List.of() : destinations(settings.get("log_destination"));
    setLevels(settings);
    if (!configured) {
      Logger root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      early.drainTo(line -> replay(line, made));
      made.forEach(root::addAppender);
      root.detachAppender(early);
      early.drainTo(line -> replay(line, made)); // logged by another thread meanwhile
      early.stop();
      configured = true;
    }
  }

  private void replay(ILoggingEvent line, List<Appender<ILoggingEvent>> destinations) {
    if (logback.getLogger(line.getLoggerName()).isEnabledFor(line.getLevel())) {
      destinations.forEach(destination -> destination.doAppend(line));
    }
  }

  private List<Appender<ILoggingEvent>> destinations(String names) {
    List<Appender<ILoggingEvent>> destinations = new ArrayList<>();
    for (String name : names.split(",")) {
      destinations.add(name.strip().equals("stderr") ? stderr() : file());
    }
    return destinations;
  }

  private Appender<ILoggingEvent> stderr() {
    ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
    stderr.setTarget("System.err");
    return started("stderr", stderr);
  }

  private Appender<ILoggingEvent> file() {
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setFile(directory.resolve("hostler.log").toString());
    FixedWindowRollingPolicy numbers = new FixedWindowRollingPolicy();
    numbers.setContext(logback);
    numbers.setParent(file);
    numbers.setFileNamePattern(directory.resolve("hostler.%i.log").toString());
    numbers.setMinIndex(1);
    numbers.setMaxIndex(KEPT);
    numbers.start();
    rotation.setContext(logback);
    rotation.setCheckIncrement(check);
    rotation.start();
    file.setRollingPolicy(numbers);
    file.setTriggeringPolicy(rotation);
    return started("file", file);
  }

  private Appender<ILoggingEvent> started(
      String name, OutputStreamAppender<ILoggingEvent> destination) {
    LogLine layout = new LogLine(MDC::get);
    layout.setContext(logback);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(logback);
    encoder.setLayout(layout);
    encoder.start();
    destination.setName(name);
    destination.setContext(logback);
    destination.setEncoder(encoder);
    destination.start();
    if (!destination.isStarted()) {
      throw new IllegalStateException(
          "log file \"%s\": cannot be written".formatted(directory.resolve("hostler.log")));
    }
    return destination;
  }

  private void setLevels(Map<String, String> settings) {
    Map<String, Level> wanted = new HashMap<>();
    settings.forEach(
        (name, level) -> {
          if (name.startsWith(LEVEL + ".")) {
            wanted.put(name.substring(LEVEL.length() + 1), Level.valueOf(level));
          }
        });
    Level general = Level.valueOf(settings.get(LEVEL));
    logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(general);
    java.util.logging.Logger.getLogger("").setLevel(javaLevel(general));
    for (String logger : List.copyOf(levels.keySet())) {
      if (!wanted.containsKey(logger)) {
        logback.getLogger(logger).setLevel(null);
        levels.remove(logger).setLevel(null);
      }
    }
    wanted.forEach(
        (logger, level) -> {
          logback.getLogger(logger).setLevel(level);
          levels
              .computeIfAbsent(logger, java.util.logging.Logger::getLogger)
              .setLevel(javaLevel(level));
        });
  }

  private static java.util.logging.Level javaLevel(Level level) {
    return switch (level.toInt()) {
      case Level.OFF_INT -> java.util.logging.Level.OFF;
      case Level.ERROR_INT -> java.util.logging.Level.SEVERE;
      case Level.WARN_INT -> java.util.logging.Level.WARNING;
      case Level.INFO_INT -> java.util.logging.Level.INFO;
      case Level.DEBUG_INT -> java.util.logging.Level.FINE;
      default -> java.util.logging.Level.FINEST;
    };
  }
}
