// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a command is typed: the one source of its parser, its help and its completion; immutable.
 *
 * <p>Options stand before or after the operands. Each method returns a syntax with one part more.
 *
 * @param name the command without its scope
 * @param summary what it does, beginning with a verb
 * @param options in the order of the usage line
 * @param operands in their order
 * @param notes more, for the help; one paragraph each
 */
record Syntax(
    String name, String summary, List<Option> options, List<Operand> operands, List<String> notes) {

  /** The scope of all commands. */
  static final String SCOPE = "bgw";

  private static final Option HELP =
      new Option("help", "", Values.NONE, false, false, "shows this help");

  /** Keeps copies. */
  Syntax {
    options = List.copyOf(options);
    operands = List.copyOf(operands);
    notes = List.copyOf(notes);
  }

  /** Begins with a command that takes {@code --help} only. */
  static Syntax of(String name, String summary) {
    return new Syntax(name, summary, List.of(HELP), List.of(), List.of());
  }

  /** Adds a switch. */
  Syntax flag(String option, String what) {
    return with(new Option(option, "", Values.NONE, false, false, what));
  }

  /** Adds {@code --json}. */
  Syntax json() {
    return flag("json", "prints JSON and nothing else");
  }

  /** Adds an option with a value. */
  Syntax option(String option, String value, Values values, String what) {
    return with(new Option(option, value, values, false, false, what));
  }

  /** Adds an option. */
  Syntax with(Option option) {
    List<Option> more = new ArrayList<>(options);
    more.add(more.size() - 1, option); // --help stays the last
    return new Syntax(name, summary, more, operands, notes);
  }

  /** Adds an operand that must be given. */
  Syntax operand(String operand, Values values, String what) {
    return with(new Operand(operand, values, false, what));
  }

  /** Adds an operand that may be left out. */
  Syntax optional(String operand, Values values, String what) {
    return with(new Operand(operand, values, true, what));
  }

  private Syntax with(Operand operand) {
    List<Operand> more = new ArrayList<>(operands);
    more.add(operand);
    return new Syntax(name, summary, options, more, notes);
  }

  /** Adds a paragraph to the help. */
  Syntax note(String paragraph) {
    List<String> more = new ArrayList<>(notes);
    more.add(paragraph);
    return new Syntax(name, summary, options, operands, more);
  }

  /** Finds an option by its name without the dashes. */
  Optional<Option> find(String option) {
    return options.stream().filter(o -> o.name().equals(option)).findFirst();
  }

  /** Returns scope and name. */
  String command() {
    return SCOPE + ":" + name;
  }

  /** Returns the right form in one line. */
  String usage() {
    StringBuilder line = new StringBuilder(command());
    options.stream().filter(o -> o != HELP).forEach(o -> line.append(' ').append(o.usage()));
    operands.forEach(o -> line.append(' ').append(o.usage()));
    return line.toString();
  }

  /** Returns the whole help, in the sections that users of other OSGi shells know. */
  String help() {
    StringBuilder text = new StringBuilder();
    text.append("DESCRIPTION\n  ").append(command()).append("\n\n  ").append(summary).append('\n');
    notes.forEach(note -> text.append("\n  ").append(note).append('\n'));
    text.append("\nSYNTAX\n  ").append(usage()).append('\n');
    if (!operands.isEmpty()) {
      Table table = Table.plain();
      operands.forEach(o -> table.row("  " + o.name(), describe(o.summary(), o.values())));
      text.append("\nARGUMENTS\n").append(table);
    }
    Table table = Table.plain();
    options.forEach(o -> table.row("  " + o.form(), describe(o.summary(), o.values())));
    return text.append("\nOPTIONS\n").append(table).toString();
  }

  private static String describe(String what, Values values) {
    return values.choices().isEmpty()
        ? what
        : what + " (" + String.join(", ", values.choices()) + ")";
  }
}
