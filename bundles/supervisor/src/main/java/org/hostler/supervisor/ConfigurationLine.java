// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Optional;

/**
 * One line of a configuration file, read as {@code postgresql.conf} is (PostgreSQL's {@code
 * guc-file.l}): {@code name = value # comment}.
 *
 * <p>The equals sign may be left out. A value in single quotes may hold anything; {@code ''} is a
 * quote in it, and a backslash escapes as in C. Without quotes it holds letters, digits and {@code
 * _ - + . : /}; a name holds letters, digits and {@code _ . - $}, or a part that is a star.
 * PostgreSQL is a little stricter about both, so what it reads is read here with the same meaning.
 */
final class ConfigurationLine {
  /** What a line says. */
  record Entry(String name, String value) {}

  /** A line that says nothing that can be understood. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String detail;
    private final String hint;

    Malformed(String message, String detail, String hint) {
      super(message);
      this.detail = detail;
      this.hint = hint;
    }

    /** Returns the problem that this is at a place. */
    ConfigurationProblem at(Place where) {
      return new ConfigurationProblem(where, String.valueOf(getMessage()), detail, hint);
    }
  }

  private static final String FORM = "Write name = value.";
  private static final String QUOTES =
      "Put a value between single quotes unless it has only letters, digits and _ - + . : /.";

  private final String text;
  private int at;

  private ConfigurationLine(String text) {
    this.text = text;
  }

  /** Reads a line; one that is blank or a comment gives nothing. */
  static Optional<Entry> parse(String text) throws Malformed {
    return new ConfigurationLine(text).entry();
  }

  private Optional<Entry> entry() throws Malformed {
    skipSpace();
    if (ended()) {
      return Optional.empty();
    }
    String name = name();
    skipSpace();
    if (!ended() && text.charAt(at) == '=') {
      at++;
      skipSpace();
    }
    if (ended()) {
      throw new Malformed(
          "setting \"%s\": has no value".formatted(name), "", "Write '' for an empty one.");
    }
    String value = text.charAt(at) == '\'' ? quoted(name) : plain(name);
    int end = at;
    skipSpace();
    if (!ended()) {
      at = end;
      throw new Malformed(
          "setting \"%s\": unexpected text after its value".formatted(name), near(name), QUOTES);
    }
    return Optional.of(new Entry(name, value));
  }

  private String name() throws Malformed {
    int start = at;
    while (at < text.length() && (letter(at) || (at > start && (nameCharacter(at) || any())))) {
      at++;
    }
    if (at == start) {
      throw new Malformed("line has no name of a setting", near(""), FORM);
    }
    return text.substring(start, at);
  }

  /** Tells whether a name goes on with a star that stands for every member of a family. */
  private boolean any() {
    return text.startsWith(".*.", at - 1);
  }

  private String plain(String name) throws Malformed {
    int start = at;
    while (at < text.length() && (nameCharacter(at) || "+:/".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (at == start) {
      throw new Malformed(
          "setting \"%s\": syntax error in its value".formatted(name), near(name), QUOTES);
    }
    return text.substring(start, at);
  }

  private String quoted(String name) throws Malformed {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\'' && (at == text.length() || text.charAt(at) != '\'')) {
        return value.toString();
      }
      if (c == '\'') {
        value.append(text.charAt(at++));
      } else if (c == '\\' && at < text.length()) {
        value.append(escaped());
      } else {
        value.append(c);
      }
    }
    at = start;
    throw new Malformed(
        "setting \"%s\": unbalanced single quote".formatted(name),
        near(name),
        "End the value with a single quote; a quote in it is doubled.");
  }

  private char escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
      default -> c;
    };
  }

  private char octal(int first) {
    int code = first;
    for (int digits = 1; digits < 3 && at < text.length(); digits++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 7) {
        break;
      }
      code = code * 8 + digit;
      at++;
    }
    return (char) code;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean ended() {
    return at == text.length() || text.charAt(at) == '#';
  }

  private boolean letter(int index) {
    char c = text.charAt(index);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private boolean nameCharacter(int index) {
    char c = text.charAt(index);
    return letter(index) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '$';
  }

  /** The rest of the line, but never of one that may hold a password somebody put into the file. */
  private String near(String name) {
    return name.contains("password") ? "" : "It is near: %s.".formatted(text.substring(at).strip());
  }
}
