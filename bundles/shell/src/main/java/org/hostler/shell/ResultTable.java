// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a query returned, drawn as psql draws them: numbers to the right, null as nothing.
 *
 * <p>A value of several lines stays in its row: its line ends become spaces.
 *
 * @param columns the headings
 * @param rows the rows; each has a value for each heading
 */
record ResultTable(List<String> columns, List<List<@Nullable String>> rows) {

  @Override
  public String toString() {
    List<Integer> widths = new ArrayList<>();
    List<Boolean> numbers = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      int place = column;
      List<String> cells = rows.stream().map(row -> cell(row.get(place))).toList();
      int widest = cells.stream().mapToInt(ResultTable::width).max().orElse(0);
      widths.add(Math.max(widest, width(columns.get(place))));
      numbers.add(cells.stream().allMatch(cell -> cell.matches("(-?\\d+(\\.\\d+)?)?")));
    }
    List<Boolean> left = Collections.nCopies(columns.size(), false);
    StringBuilder text = new StringBuilder(line(columns, widths, left));
    text.append(String.join("+", widths.stream().map(width -> "-".repeat(width + 2)).toList()))
        .append('\n');
    for (List<@Nullable String> row : rows) {
      text.append(line(row.stream().map(ResultTable::cell).toList(), widths, numbers));
    }
    return text.toString();
  }

  private static String line(List<String> cells, List<Integer> widths, List<Boolean> right) {
    return IntStream.range(0, cells.size())
            .mapToObj(column -> pad(cells.get(column), widths.get(column), right.get(column)))
            .reduce((before, cell) -> before + " |" + cell)
            .orElse("")
            .stripTrailing()
        + "\n";
  }

  private static String pad(String cell, int width, boolean right) {
    String padding = " ".repeat(width - width(cell));
    return " " + (right ? padding + cell : cell + padding);
  }

  private static String cell(@Nullable String value) {
    return value == null ? "" : value.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
