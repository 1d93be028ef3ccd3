// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a report that a README shows, between two lines that mark it in both. */
final class Summary {
  /** The line before it. */
  static final String BEGIN = "<!-- summary -->";

  /** The line after it. */
  static final String END = "<!-- end of summary -->";

  private Summary() {}

  /**
   * Replaces what a page shows by what a report says.
   *
   * @throws IllegalArgumentException if one of them has no such part
   */
  static void copy(Path report, Path page) throws IOException {
    String from = Files.readString(report);
    String to = Files.readString(page);
    String part = from.substring(begin(report, from), end(report, from));
    Files.writeString(page, to.substring(0, begin(page, to)) + part + to.substring(end(page, to)));
  }

  private static int begin(Path file, String text) {
    return find(file, text, BEGIN);
  }

  private static int end(Path file, String text) {
    return find(file, text, END) + END.length();
  }

  private static int find(Path file, String text, String mark) {
    int at = text.indexOf(mark);
    if (at < 0) {
      throw new IllegalArgumentException("%s: there is no line %s".formatted(file, mark));
    }
    return at;
  }
}
