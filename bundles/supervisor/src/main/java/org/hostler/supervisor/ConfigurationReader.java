// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hostler.worker.SettingSource;

/**
 * Reads configuration files and what they include, and goes on after an error, so that one reading
 * reports every wrong line.
 *
 * <p>{@code include 'f'} reads another file in place, {@code include_if_exists 'f'} does nothing
 * when it is missing, {@code include_dir 'd'} reads every file of a directory that ends in {@code
 * .conf} and does not begin with a dot, in the order of their names. Paths are relative to the
 * directory of the file that includes. As in PostgreSQL files nest ten deep.
 */
final class ConfigurationReader {
  /** The names that are no settings but read other files. */
  static final List<String> INCLUDES = List.of("include", "include_if_exists", "include_dir");

  private static final int DEEPEST = 10;

  private final Path base;
  private final SettingSource source;
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<ConfigurationProblem> problems = new ArrayList<>();

  /**
   * Makes a reader of one kind of file.
   *
   * @param base the instance; files in it are named relative to it
   * @param source what the values are said to come from
   */
  ConfigurationReader(Path base, SettingSource source) {
    this.base = base;
    this.source = source;
  }

  /** Reads a file that must be there, to the end. */
  ConfigurationReader read(Path file) {
    read(file, new Place(shown(file), 0), 0);
    return this;
  }

  /** Reads a file if it is there, to the end. */
  ConfigurationReader readIfExists(Path file) {
    return Files.exists(file) ? read(file) : this;
  }

  /** Returns what was read, in the order in which it was written: the last of a name wins. */
  List<Assignment> assignments() {
    return assignments;
  }

  /** Returns what could not be read. */
  List<ConfigurationProblem> problems() {
    return problems;
  }

  /**
   * Reads a file.
   *
   * @param where what is said of the file as a whole is said of this place: the line that includes
   *     it, or the file itself
   */
  private void read(Path file, Place where, int depth) {
    List<String> lines;
    String shown = shown(file);
    String subject = "configuration file \"%s\": ".formatted(shown);
    try {
      lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      String hint = depth == 0 ? "" : "Write include_if_exists for a file that may be missing.";
      problems.add(new ConfigurationProblem(where, subject + "does not exist", "", hint));
      return;
    } catch (CharacterCodingException e) {
      problems.add(new ConfigurationProblem(where, subject + "is not UTF-8", "", ""));
      return;
    } catch (IOException e) {
      problems.add(new ConfigurationProblem(where, subject + "cannot be read", e.toString(), ""));
      return;
    }
    for (int i = 0; i < lines.size(); i++) {
      line(file, new Place(shown, i + 1), lines.get(i), depth);
    }
  }

  private void line(Path file, Place where, String text, int depth) {
    Optional<ConfigurationLine.Entry> entry;
    try {
      // a byte order mark is no part of the first name
      entry = ConfigurationLine.parse(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (ConfigurationLine.Malformed e) {
      problems.add(e.at(where));
      return;
    }
    if (entry.isEmpty()) {
      return;
    }
    String name = entry.get().name();
    String value = entry.get().value();
    String keyword = name.toLowerCase(Locale.ROOT);
    if (INCLUDES.contains(keyword)) {
      include(keyword, file, value, where, depth);
    } else {
      assignments.add(new Assignment(name, value, source, where));
    }
  }

  private void include(String keyword, Path from, String value, Place where, int depth) {
    Path included;
    try {
      included = from.resolveSibling(value);
    } catch (InvalidPathException e) {
      problems.add(new ConfigurationProblem(where, keyword + ": is no path", e.getReason(), ""));
      return;
    }
    if (keyword.equals("include_dir")) {
      includeDirectory(included, where, depth);
    } else if (keyword.equals("include") || Files.exists(included)) {
      include(included, where, depth);
    }
  }

  private void include(Path file, Place where, int depth) {
    if (Files.isDirectory(file)) {
      problems.add(
          new ConfigurationProblem(
              where,
              "include \"%s\": is a directory".formatted(shown(file)),
              "",
              "Name a file, or write include_dir."));
    } else if (depth == DEEPEST) {
      problems.add(
          new ConfigurationProblem(
              where,
              "include \"%s\": nested deeper than %d files".formatted(shown(file), DEEPEST),
              "",
              "Look for a file that includes itself."));
    } else {
      read(file, where, depth + 1);
    }
  }

  private void includeDirectory(Path directory, Place where, int depth) {
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(file -> name(file).endsWith(".conf") && !name(file).startsWith("."))
          .filter(Files::isRegularFile)
          .sorted((a, b) -> name(a).compareTo(name(b)))
          .forEach(file -> include(file, where, depth));
    } catch (IOException e) {
      problems.add(
          new ConfigurationProblem(
              where,
              "configuration directory \"%s\": %s"
                  .formatted(
                      shown(directory),
                      Files.exists(directory) ? "cannot be read" : "does not exist"),
              Files.exists(directory) ? e.toString() : "",
              ""));
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private String shown(Path file) {
    Path normal = file.normalize();
    return (normal.startsWith(base) ? base.relativize(normal) : normal).toString();
  }
}
