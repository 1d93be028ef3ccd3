// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a report that a README shows, and the one that is written by hand: each between two
 * lines that mark it.
 */
final class Summary {
  private static final Mark SHORT = new Mark("<!-- summary -->", "<!-- end of summary -->");
  private static final Mark MISSED = new Mark("<!-- missed -->", "<!-- end of missed -->");

  private Summary() {}

  /** The lines before and after a part. */
  private record Mark(String begin, String end) {
    String around(String part) {
      return begin + "\n" + part.strip() + "\n" + end;
    }

    String in(Path file, String text) {
      return text.substring(find(file, text, begin) + begin.length(), find(file, text, end));
    }

    String replace(Path file, String text, String part) {
      return text.substring(0, find(file, text, begin))
          + around(part)
          + text.substring(find(file, text, end) + end.length());
    }

    private static int find(Path file, String text, String mark) {
      int at = text.indexOf(mark);
      if (at < 0) {
        throw new IllegalArgumentException("%s: there is no line %s".formatted(file, mark));
      }
      return at;
    }
  }

  /** Marks what a README shows. */
  static String marked(String part) {
    return SHORT.around(part);
  }

  /** Marks what is written about missed goals; empty if nothing is yet. */
  static String missed(String chapter) {
    return MISSED.around(chapter);
  }

  /**
   * Replaces what a page shows by what a report says.
   *
   * @throws IllegalArgumentException if one of them has no such part
   */
  static void copy(Path report, Path page) throws IOException {
    String part = SHORT.in(report, Files.readString(report));
    Files.writeString(page, SHORT.replace(page, Files.readString(page), part));
  }

  /** Puts a chapter on missed goals, which takes its time to write, into a report of before. */
  static void complete(Path report, Path chapter) throws IOException {
    if (Files.exists(chapter)) {
      String all = Files.readString(report);
      Files.writeString(report, MISSED.replace(report, all, Files.readString(chapter)));
    }
  }
}
