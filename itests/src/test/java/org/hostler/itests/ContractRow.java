// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One row of a table in CONTRACT.md: a number, what it says, and how Hostler stands to it.
 *
 * <p>The last cell is the status, of parts separated by {@code <br>}; each begins with {@code shown
 * by}, {@code deviates:} or {@code open:}. A vector's row has no source cell.
 *
 * @param number the letter and the running number, such as {@code X3}
 * @param cells the cells between number and status, as they stand there
 * @param status the parts of the status cell
 */
record ContractRow(String number, List<String> cells, List<String> status) {
  private static final Pattern NUMBERED = Pattern.compile("\\| ([A-Z]\\d+) \\|(.*)\\|(.*)\\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
  private static final Pattern SHOWN = Pattern.compile("shown by `\\w+\\.\\w+`(, `\\w+\\.\\w+`)*");
  private static final Pattern UNSHOWN =
      Pattern.compile("deviates: \\S.*|open: (database|shared memory|process isolation)");

  /** The row in this line, or nothing if the line is no numbered row of a table. */
  static Optional<ContractRow> parse(String line) {
    Matcher row = NUMBERED.matcher(line.strip());
    if (!row.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ContractRow(row.group(1), split(row.group(2), "\\|"), split(row.group(3), "<br>")));
  }

  private static List<String> split(String text, String separator) {
    return Arrays.stream(text.split(separator)).map(String::strip).toList();
  }

  char letter() {
    return number.charAt(0);
  }

  /** The tests that the status names. */
  SortedSet<TestMethod> tests() {
    return status.stream()
        .filter(part -> part.startsWith("shown by"))
        .flatMap(part -> TEST.matcher(part).results())
        .map(test -> new TestMethod(test.group(1), test.group(2)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What is wrong with the row by itself, or nothing. */
  Optional<String> fault() {
    int expected = letter() == 'T' ? 1 : 2;
    if (cells.size() != expected || cells.stream().anyMatch(String::isEmpty)) {
      return Optional.of(
          number + ": " + expected + " filled cells expected before the status, not " + cells);
    }
    return status.stream()
        .filter(part -> !SHOWN.matcher(part).matches() && !UNSHOWN.matcher(part).matches())
        .findFirst()
        .map(part -> number + ": \"" + part + "\" is no status");
  }

  /** The same row, naming these tests and no others. */
  ContractRow shownBy(Collection<TestMethod> tests) {
    List<String> parts = new ArrayList<>(status);
    parts.removeIf(part -> part.startsWith("shown by"));
    String shown = tests.stream().map(test -> "`" + test + "`").collect(Collectors.joining(", "));
    int place = (int) parts.stream().filter(part -> part.startsWith("deviates")).count();
    if (!tests.isEmpty()) {
      parts.add(place, "shown by " + shown);
    }
    return new ContractRow(number, cells, List.copyOf(parts));
  }

  /** The row as a line of the page. */
  @Override
  public String toString() {
    return "| "
        + number
        + " | "
        + String.join(" | ", cells)
        + " | "
        + String.join("<br>", status)
        + " |";
  }
}
