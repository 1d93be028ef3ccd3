// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows of text with aligned columns.
 *
 * <p>Columns are two spaces apart, the last one is not padded, so that a long reason breaks nothing
 * but its own line. A cell never breaks a row: line ends in it become spaces.
 */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> rightAligned = new HashSet<>();

  private Table() {}

  /** Begins a table with a heading; a heading that begins with {@code >} aligns to the right. */
  static Table of(String... headings) {
    Table table = new Table();
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < headings.length; column++) {
      boolean right = headings[column].startsWith(">");
      if (right) {
        table.rightAligned.add(column);
      }
      cells.add(right ? headings[column].substring(1) : headings[column]);
    }
    table.rows.add(cells);
    return table;
  }

  /** Begins a table without a heading. */
  static Table plain() {
    return new Table();
  }

  /** Adds a row. */
  Table row(Object... cells) {
    rows.add(Arrays.stream(cells).map(cell -> oneLine(cell.toString())).toList());
    return this;
  }

  private static String oneLine(String text) {
    return text.indexOf('\n') < 0 ? text : text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** Returns the rows, each ended by a line end; an empty string when there is none. */
  @Override
  public String toString() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append(line(row, widths).stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String padding = " ".repeat(widths[column] - width(cell));
      line.append(column == 0 ? "" : GAP)
          .append(rightAligned.contains(column) ? padding + cell : cell + padding);
    }
    return line.toString();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
