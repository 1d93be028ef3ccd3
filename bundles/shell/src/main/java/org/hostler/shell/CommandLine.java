// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hostler.worker.DurationText;
import org.jspecify.annotations.Nullable;

/**
 * What was typed after the name of a command, read by the command's {@link Syntax}.
 *
 * <p>Options stand anywhere; an option's value is the next word, whatever it looks like, or follows
 * after {@code =}; {@code --} ends the options. A single dash begins an operand, so that {@code -1}
 * is one. Gogo may hand over numbers, truth values and nulls instead of words: they are taken as
 * they print, a whole number without its zeros in front (those who care write quotes).
 */
final class CommandLine {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private final Syntax syntax;
  private final Map<String, List<String>> options = new HashMap<>();
  private final List<String> operands = new ArrayList<>();

  private CommandLine(Syntax syntax) {
    this.syntax = syntax;
  }

  /**
   * Reads the words of a command.
   *
   * @throws CommandFailed when they do not fit the syntax; not when {@code --help} is among them
   */
  static CommandLine parse(Syntax syntax, List<? extends @Nullable Object> words)
      throws CommandFailed {
    CommandLine line = new CommandLine(syntax);
    List<String> texts = new ArrayList<>();
    for (Object word : words) {
      texts.add(line.text(word));
    }
    line.read(texts);
    if (!line.has("help")) {
      line.checkComplete();
    }
    return line;
  }

  private String text(@Nullable Object word) throws CommandFailed {
    if (word == null || word instanceof CharSequence) {
      return String.valueOf(word);
    }
    if (word instanceof Number || word instanceof Boolean || word instanceof Character) {
      return word.toString();
    }
    throw usage("a word was expected, not %s; put it in quotes".formatted(word));
  }

  private void read(List<String> words) throws CommandFailed {
    boolean ended = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (ended || !looksLikeOption(word)) {
        operands.add(word);
      } else if (word.equals("--")) {
        ended = true;
      } else {
        int equals = word.indexOf('=');
        Option option = option(equals < 0 ? word : word.substring(0, equals));
        if (option.values() == Values.NONE) {
          if (equals >= 0) {
            throw usage("option --%s takes no value".formatted(option.name()));
          }
          put(option, "");
        } else if (equals >= 0) {
          put(option, word.substring(equals + 1));
        } else if (i + 1 < words.size()) {
          put(option, words.get(++i));
        } else if (!has("help")) {
          throw usage("option --%s needs a value".formatted(option.name()));
        }
      }
    }
  }

  private static boolean looksLikeOption(String word) {
    return word.startsWith("--") || word.matches("-[A-Za-z?]");
  }

  private Option option(String word) throws CommandFailed {
    String name = word.equals("-h") || word.equals("-?") ? "help" : word.replaceFirst("^--", "");
    Optional<Option> option = syntax.find(name);
    if (option.isPresent()) {
      return option.get();
    }
    String near =
        Nearest.of(name, syntax.options().stream().map(Option::name).toList())
            .map(nearest -> "; did you mean --" + nearest + "?")
            .orElse("");
    throw usage("unknown option %s%s".formatted(word, near));
  }

  private void put(Option option, String value) throws CommandFailed {
    List<String> values = options.computeIfAbsent(option.name(), n -> new ArrayList<>());
    if (!values.isEmpty() && !option.repeatable()) {
      throw usage("option --%s is given twice".formatted(option.name()));
    }
    check("--" + option.name(), option.values(), value);
    values.add(value);
  }

  private void check(String what, Values kind, String value) throws CommandFailed {
    if (!kind.allows(value)) {
      throw usage(
          "%s \"%s\": expected %s".formatted(what, value, String.join(", ", kind.choices())));
    }
    if (kind == Values.COUNT && !value.matches("0*[1-9]\\d{0,8}")) {
      throw usage("%s \"%s\": expected a number from 1 on".formatted(what, value));
    }
    if (kind == Values.DURATION) {
      duration(what, value);
    }
  }

  private Duration duration(String what, String value) throws CommandFailed {
    try {
      return DurationText.parse(value);
    } catch (IllegalArgumentException e) {
      throw usage("%s: %s".formatted(what, e.getMessage()));
    }
  }

  private void checkComplete() throws CommandFailed {
    int number = 0;
    for (Operand operand : syntax.operands()) {
      if (number < operands.size()) {
        check(operand.name(), operand.values(), operands.get(number));
      } else if (!operand.optional()) {
        throw usage("%s is missing".formatted(operand.name()));
      }
      number++;
    }
    if (operands.size() > number) {
      throw usage("unexpected \"%s\"".formatted(operands.get(number)));
    }
    for (Option option : syntax.options()) {
      if (option.required() && !has(option.name())) {
        throw usage("option %s is missing".formatted(option.form()));
      }
    }
  }

  /** Returns a complaint about this line, to be thrown. */
  CommandFailed usage(String problem) {
    return CommandFailed.usage(syntax, problem);
  }

  /** Tells whether an option was given. */
  boolean has(String option) {
    return options.containsKey(option);
  }

  /** Returns the value of an option. */
  Optional<String> value(String option) {
    return values(option).stream().findFirst();
  }

  /** Returns all values of an option that may be repeated. */
  List<String> values(String option) {
    return options.getOrDefault(option, List.of());
  }

  /** Returns the operand at a place, from 0 on. */
  Optional<String> operand(int place) {
    return place < operands.size() ? Optional.of(operands.get(place)) : Optional.empty();
  }

  /** Returns an operand that is not optional. */
  String required(int place) {
    return operands.get(place);
  }

  /** Returns the value of a {@code COUNT} option. */
  int count(String option, int otherwise) {
    return value(option).map(Integer::parseInt).orElse(otherwise);
  }

  /** Returns {@code --timeout}, 10 s when it was not given. */
  Duration timeout() {
    return value("timeout").map(DurationText::parse).orElse(DEFAULT_TIMEOUT);
  }
}
