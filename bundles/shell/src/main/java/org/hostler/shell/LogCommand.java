// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code bgw:log}: the last lines of the log, of one worker too.
 *
 * <p>When the newest file has too few of them, the rotated ones are read as well.
 */
final class LogCommand implements Command {
  private static final int LINES = 50;
  private static final String NAME = "hostler.log";
  private static final String DESTINATION = "log_destination";

  private static final Syntax SYNTAX =
      Syntax.of("log", "shows the last lines of the host's log")
          .option("lines", "50", Values.COUNT, "how many at most")
          .flag("follow", "goes on with new lines until it is interrupted")
          .optional("WORKER", Values.WORKER, "only of this worker, also of one that is gone")
          .json();

  private final Host host;

  LogCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed, InterruptedException {
    Path file = host.base().resolve("log").resolve(NAME);
    if (!host.settings().current().list(DESTINATION).contains("file")) {
      throw CommandFailed.refused(
          "log \"%s\": it is not written".formatted(file),
          "log_destination is " + host.settings().current().text(DESTINATION),
          "a log_destination with file in it takes effect at the next start");
    }
    Wanted wanted = Wanted.of(line, host);
    Printer printer = new Printer(out, line.has("json"), line.has("follow"));
    try (LogReader reader = new LogReader(file)) {
      List<LogRecord> records = select(reader.read(), wanted.filter());
      int lines = line.count("lines", LINES);
      for (Path older : rotated(file)) {
        if (count(records) < lines) {
          records.addAll(0, select(older, wanted.filter()));
        }
      }
      if (records.isEmpty() && wanted.unknown().isPresent()) {
        throw wanted.unknown().get();
      }
      printer.last(records, lines);
      if (line.has("follow")) {
        follow(file, reader, wanted.filter(), printer);
      }
    } catch (IOException e) {
      throw CommandFailed.refused("log \"%s\": cannot be read".formatted(file), e.toString(), "");
    }
  }

  private static List<LogRecord> select(List<LogRecord> records, Predicate<LogRecord> filter) {
    return new ArrayList<>(records.stream().filter(filter).toList());
  }

  private static List<LogRecord> select(Path file, Predicate<LogRecord> filter) throws IOException {
    try (LogReader reader = new LogReader(file)) {
      return select(reader.read(), filter);
    }
  }

  private static int count(List<LogRecord> records) {
    return records.stream().mapToInt(record -> record.lines().size()).sum();
  }

  /** Returns the files that were rotated away, newest first. */
  private static List<Path> rotated(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
      return files
          .map(Path::normalize)
          .filter(
              path -> path.getFileName().toString().matches("hostler\\.(log\\.\\d+|\\d+\\.log)"))
          .sorted(Comparator.comparing(LogCommand::written).reversed())
          .toList();
    }
  }

  private static FileTime written(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      return FileTime.fromMillis(0); // it was rotated away for good: it is read last, if ever
    }
  }

  private static void follow(
      Path file, LogReader reader, Predicate<LogRecord> filter, Printer printer)
      throws IOException, InterruptedException {
    try (WatchService watch = FileSystems.getDefault().newWatchService()) {
      file.getParent()
          .register(
              watch, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_CREATE);
      while (!printer.broken()) {
        select(reader.read(), filter).forEach(printer::print);
        WatchKey key = watch.poll(1, TimeUnit.SECONDS); // not every file system tells of changes
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
    }
  }

  /** Prints records as lines, as an array, or as one object a line. */
  private record Printer(Output out, boolean json, boolean follow) {

    void last(List<LogRecord> records, int count) {
      if (json && !follow) {
        out.array(tail(records, count), (generator, record) -> record.json(generator));
      } else if (json) {
        tail(records, count).forEach(this::print);
      } else {
        tail(records.stream().flatMap(record -> record.lines().stream()).toList(), count)
            .forEach(out::line);
      }
    }

    void print(LogRecord record) {
      if (json) {
        out.json(record::json);
      } else {
        record.lines().forEach(out::line);
      }
    }

    boolean broken() {
      return out.broken();
    }

    private static <T> List<T> tail(List<T> all, int count) {
      return all.subList(Math.max(0, all.size() - count), all.size());
    }
  }
}
