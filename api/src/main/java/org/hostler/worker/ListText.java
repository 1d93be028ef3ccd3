// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists as people type them, after PostgreSQL's {@code SplitDirectoriesString} (contract G4).
 *
 * <p>Entries are separated by commas and white space around them is ignored. An entry in double
 * quotes may hold anything, a double quote in it is doubled. Nothing but white space is an empty
 * list; an empty entry is an error.
 */
final class ListText {
  private final String text;
  private int at;

  private ListText(String text) {
    this.text = text;
  }

  /**
   * Splits a list.
   *
   * @throws IllegalArgumentException saying what is wrong and at which character
   */
  static List<String> parse(String text) {
    return text.isBlank() ? List.of() : new ListText(text).entries();
  }

  private List<String> entries() {
    List<String> entries = new ArrayList<>();
    while (true) {
      skipSpace();
      entries.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      skipSpace();
      if (at == text.length()) {
        return List.copyOf(entries);
      }
      if (text.charAt(at) != ',') {
        throw wrong("text after a closing quote");
      }
      at++;
    }
  }

  private String plain() {
    int start = at;
    while (at < text.length() && text.charAt(at) != ',') {
      at++;
    }
    String entry = text.substring(start, at).strip();
    if (entry.isEmpty()) {
      throw wrong("an empty entry");
    }
    if (entry.indexOf('"') >= 0) {
      throw wrong("a double quote inside an entry");
    }
    return entry;
  }

  private String quoted() {
    int start = at++;
    StringBuilder entry = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        entry.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        entry.append(text.charAt(at++));
      } else if (entry.isEmpty()) {
        throw wrong("an empty entry");
      } else {
        return entry.toString();
      }
    }
    at = start;
    throw wrong("an unbalanced double quote");
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("%s at character %d".formatted(what, at + 1));
  }
}
