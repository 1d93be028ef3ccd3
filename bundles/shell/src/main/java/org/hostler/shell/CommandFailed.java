// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.hostler.worker.Refusal;

/**
 * A command did not do what it was asked for, in words for a person.
 *
 * <p>It carries what {@code exec} ends with. Its text is all that reaches a terminal: message, then
 * detail and hint, each on a line of its own. That it has no stack trace is on purpose: nobody ever
 * sees one.
 */
final class CommandFailed extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as an exit status of {@code exec}. */
  enum Exit {
    /** Refused or failed. */
    REFUSED(1),
    /** A syntax error, or a command wrongly used. */
    USAGE(2),
    /** A wait timed out. */
    TIMED_OUT(4);

    private final int status;

    Exit(int status) {
      this.status = status;
    }

    /** Returns the number. */
    int status() {
      return status;
    }
  }

  private final Exit exit;

  /** The whole text. */
  private final String text;

  private CommandFailed(Exit exit, String message, String... more) {
    super(message, null, false, false);
    this.exit = exit;
    List<String> lines = new ArrayList<>(List.of(message));
    for (String line : more) {
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    text = String.join("\n", lines);
  }

  /** Makes a refusal; detail and hint may be empty. */
  static CommandFailed refused(String message, String detail, String hint) {
    return new CommandFailed(Exit.REFUSED, message, label("detail", detail), label("hint", hint));
  }

  /** Passes on a refusal of the host. */
  static CommandFailed refused(Refusal refusal) {
    return refused(String.valueOf(refusal.getMessage()), refusal.detail(), refusal.hint());
  }

  /**
   * Passes on an invalid value; its message may have three lines: what, the numbers, what to do.
   */
  static CommandFailed refused(IllegalArgumentException invalid) {
    String[] lines = String.valueOf(invalid.getMessage()).split("\n", 3);
    return refused(lines[0], lines.length > 1 ? lines[1] : "", lines.length > 2 ? lines[2] : "");
  }

  /** Makes a complaint about how a command was used, with its right form. */
  static CommandFailed usage(Syntax syntax, String problem) {
    return usage(syntax.command() + ": " + problem, "usage: " + syntax.usage());
  }

  /** Makes a complaint about a line. */
  static CommandFailed usage(String message, String more) {
    return new CommandFailed(Exit.USAGE, message, more);
  }

  /** Makes the end of a wait. */
  static CommandFailed timedOut(String message, String detail) {
    return new CommandFailed(Exit.TIMED_OUT, message, label("detail", detail));
  }

  private static String label(String label, String text) {
    return text.isEmpty() ? "" : label + ": " + text;
  }

  /** Returns what {@code exec} ends with. */
  Exit exit() {
    return exit;
  }

  /** Returns message, detail and hint, each on its line; shells print what this returns. */
  @Override
  public String toString() {
    return text;
  }
}
