// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was typed: {@code hostler [--base DIR] [-c NAME=VALUE]… COMMAND [OPTION]… [OPERAND]…}.
 *
 * <p>Checked here once and completely, so that no command starts half its work before it finds out
 * that it was called wrongly. {@code -c} is taken only where it can have an effect.
 *
 * @param base the instance named by {@code --base}
 * @param settings the {@code -c} settings in the order they were typed; the last of a name wins
 * @param command which command
 * @param options its options by name; a flag has the value {@code true}
 * @param operands what is neither
 */
record CommandLine(
    Optional<String> base,
    Map<String, String> settings,
    Command command,
    Map<String, String> options,
    List<String> operands) {

  /** The commands, each with the one right form. */
  enum Command {
    INIT("init DIR", 1),
    RUN("[-c NAME=VALUE]... run", 0),
    START("[-c NAME=VALUE]... start [--timeout 60s]", 0, "timeout"),
    STOP("stop [--mode smart|fast|immediate] [--timeout 60s]", 0, "mode", "timeout"),
    RESTART(
        "[-c NAME=VALUE]... restart [--mode smart|fast|immediate] [--timeout 60s]",
        0,
        "mode",
        "timeout"),
    RELOAD("reload", 0),
    STATUS("status [--json] [--ready]", 0, "+json", "+ready"),
    EXEC("exec 'LINE' | exec -", 1),
    SHELL("shell", 0),
    VERSION("version", 0),
    HELP("help", 0);

    private final String form;
    private final int operands;
    private final Set<String> options;

    Command(String form, int operands, String... options) {
      this.form = form;
      this.operands = operands;
      this.options = Set.of(options);
    }

    String form() {
      return "hostler [--base DIR] " + form;
    }

    boolean takesSettings() {
      return this == RUN || this == START || this == RESTART;
    }

    boolean takesValue(String option) {
      return options.contains(option);
    }

    boolean isFlag(String option) {
      return options.contains("+" + option);
    }
  }

  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

  static final String FORM = "hostler [--base DIR] [-c NAME=VALUE]... COMMAND";

  CommandLine {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    options = Map.copyOf(options);
    operands = List.copyOf(operands);
  }

  static CommandLine parse(String... args) throws Failure {
    Optional<String> base = Optional.empty();
    Map<String, String> settings = new LinkedHashMap<>();
    int i = 0;
    for (; i < args.length && args[i].startsWith("-"); i++) {
      String arg = args[i];
      if (arg.startsWith("--base=")) {
        base = Optional.of(arg.substring("--base=".length()));
      } else if (arg.equals("--base")) {
        base = Optional.of(following(args, i++, arg));
      } else if (arg.equals("-c")) {
        addSetting(settings, following(args, i++, arg));
      } else if (arg.equals("--help") || arg.equals("-h")) {
        return new CommandLine(base, Map.of(), Command.HELP, Map.of(), List.of());
      } else if (arg.equals("--version")) {
        return new CommandLine(base, Map.of(), Command.VERSION, Map.of(), List.of());
      } else {
        throw Failure.usage("unknown option \"%s\"".formatted(arg), FORM);
      }
    }
    if (base.isPresent() && base.get().isEmpty()) {
      throw Failure.usage("option --base: the directory is empty", FORM);
    }
    if (i == args.length) {
      throw Failure.usage("a command is missing", FORM + "; hostler help lists the commands");
    }
    Command command = command(args[i]);
    if (!settings.isEmpty() && !command.takesSettings()) {
      throw Failure.usage(
          "option -c belongs to run, start and restart, not to %s".formatted(args[i]),
          command.form());
    }
    return rest(base, settings, command, Arrays.copyOfRange(args, i + 1, args.length));
  }

  private static CommandLine rest(
      Optional<String> base, Map<String, String> settings, Command command, String[] args)
      throws Failure {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      int equals = arg.indexOf('=');
      String name =
          arg.startsWith("--") ? arg.substring(2, equals < 0 ? arg.length() : equals) : "";
      // The one operand of exec is a line of the shell's language, which may begin with anything.
      if (command == Command.EXEC || !arg.startsWith("-")) {
        operands.add(arg);
      } else if (command.isFlag(name) && equals < 0) {
        options.put(name, "true");
      } else if (command.takesValue(name)) {
        options.put(name, equals < 0 ? following(args, i++, arg) : arg.substring(equals + 1));
      } else {
        throw Failure.usage(
            "%s: unknown option \"%s\"".formatted(name(command), arg), command.form());
      }
    }
    if (operands.size() != command.operands) {
      throw Failure.usage(
          operands.size() < command.operands
              ? "%s: an operand is missing".formatted(name(command))
              : "%s: unexpected operand \"%s\""
                  .formatted(name(command), operands.get(command.operands)),
          command.form());
    }
    CommandLine line = new CommandLine(base, settings, command, options, operands);
    line.timeout();
    line.mode();
    return line;
  }

  /** How long the command may wait; one minute unless told. */
  Duration timeout() throws Failure {
    if (!options.containsKey("timeout")) {
      return USUAL_TIMEOUT;
    }
    String text = options.get("timeout");
    return Timeouts.parse(text)
        .orElseThrow(
            () ->
                Failure.usage(
                    "%s: option --timeout: \"%s\" is no duration such as 500ms, 60s or 2min"
                        .formatted(name(command), text),
                    command.form()));
  }

  /** How a host is stopped; fast unless told. */
  StopMode mode() throws Failure {
    if (!options.containsKey("mode")) {
      return StopMode.FAST;
    }
    String text = options.get("mode");
    return StopMode.of(text)
        .orElseThrow(
            () ->
                Failure.usage(
                    "%s: option --mode: \"%s\" is none of smart, fast, immediate"
                        .formatted(name(command), text),
                    command.form()));
  }

  boolean flag(String option) {
    return options.containsKey(option);
  }

  private static String name(Command command) {
    return command.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static Command command(String name) throws Failure {
    for (Command command : Command.values()) {
      if (name(command).equals(name)) {
        return command;
      }
    }
    throw Failure.usage(
        "unknown command \"%s\"".formatted(name), FORM + "; hostler help lists the commands");
  }

  private static String following(String[] args, int i, String option) throws Failure {
    if (i + 1 >= args.length) {
      throw Failure.usage("option %s: its value is missing".formatted(option), FORM);
    }
    return args[i + 1];
  }

  private static void addSetting(Map<String, String> settings, String text) throws Failure {
    int equals = text.indexOf('=');
    if (equals < 1 || text.indexOf('\n') >= 0) {
      throw Failure.usage("option -c: \"%s\" is not NAME=VALUE".formatted(text), FORM);
    }
    settings.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }
}
