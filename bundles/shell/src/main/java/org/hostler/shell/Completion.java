// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.hostler.worker.SettingStat;
import org.hostler.worker.stat.LibraryStat;
import org.hostler.worker.stat.WorkerStat;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes command names, and for Hostler's own commands options, their values and operands.
 *
 * <p>It reads the same {@link Syntax} as the parser, so that it never offers what is then refused.
 */
final class Completion implements Completer {
  private static final Logger LOG = LoggerFactory.getLogger(Completion.class);

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}._:@+-]+");

  private final Host host;
  private final Supplier<? extends Iterable<String>> commands;

  /**
   * Makes a completer.
   *
   * @param host knows workers, libraries and settings
   * @param commands the commands there are, as {@code scope:name}
   */
  Completion(Host host, Supplier<? extends Iterable<String>> commands) {
    this.host = host;
    this.commands = commands;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    try {
      candidates.addAll(candidates(line.words(), line.wordIndex()));
    } catch (CommandFailed e) { // the host is starting or stopping: nothing to offer
      LOG.debug("no completion: {}", e.getMessage());
    }
  }

  /** Returns what may stand at a place of a line. */
  List<Candidate> candidates(List<String> words, int place) throws CommandFailed {
    if (place == 0) {
      return commandNames();
    }
    Optional<Syntax> syntax = ours(words.get(0));
    return syntax.isPresent() ? arguments(syntax.get(), words, place) : List.of();
  }

  private List<Candidate> commandNames() {
    Map<String, Candidate> names = new TreeMap<>();
    for (String command : commands.get()) {
      String name = command.substring(command.indexOf(':') + 1);
      String about = ours(command).map(Syntax::summary).orElse("");
      names.put(command, candidate(command, about));
      names.putIfAbsent(name, candidate(name, ours(name).map(Syntax::summary).orElse("")));
    }
    return List.copyOf(names.values());
  }

  /** Finds the syntax of a command of Hostler's that is meant by a first word. */
  private Optional<Syntax> ours(String word) {
    String prefix = Syntax.SCOPE + ":";
    String name = word.startsWith(prefix) ? word.substring(prefix.length()) : word;
    if (!CommandTable.NAMES.contains(name)) {
      return Optional.empty();
    }
    if (!word.startsWith(prefix)) {
      for (String command : commands.get()) {
        if (command.equals("gogo:" + name) || command.equals("felix:" + name)) {
          return Optional.empty(); // found first: see SteadySession
        }
      }
    }
    return Optional.of(CommandTable.command(name, host).syntax());
  }

  private List<Candidate> arguments(Syntax syntax, List<String> words, int place)
      throws CommandFailed {
    List<String> operands = new ArrayList<>();
    List<String> used = new ArrayList<>();
    Optional<Option> valued = Optional.empty();
    for (String word : words.subList(1, place)) {
      if (valued.isPresent()) {
        valued = Optional.empty(); // it was the value
      } else if (word.startsWith("--")) {
        Optional<Option> option = syntax.find(word.substring(2));
        option.ifPresent(o -> used.add(o.name()));
        valued = option.filter(o -> o.values() != Values.NONE);
      } else {
        operands.add(word);
      }
    }
    if (valued.isPresent()) {
      return values(valued.get().values(), operands);
    }
    boolean dash = place < words.size() && words.get(place).startsWith("-");
    if (dash || operands.size() >= syntax.operands().size()) {
      return syntax.options().stream()
          .filter(o -> o.repeatable() || !used.contains(o.name()))
          .map(o -> candidate("--" + o.name(), o.summary()))
          .toList();
    }
    return values(syntax.operands().get(operands.size()).values(), operands);
  }

  private List<Candidate> values(Values values, List<String> operands) throws CommandFailed {
    return switch (values) {
      case WORKER -> workers();
      case TYPE ->
          plain(host.stats().workers().stream().map(s -> s.worker().type()).distinct().toList());
      case LIBRARY -> plain(libraries());
      case FUNCTION -> plain(functions(operands));
      case SETTING -> plain(host.settings().all().stream().map(SettingStat::name).toList());
      case DATABASE -> plain(databases());
      case RESTART -> plain(List.of("never", "10s", "backoff:1s..60s"));
      default -> plain(values.choices());
    };
  }

  private List<Candidate> workers() throws CommandFailed {
    List<Candidate> candidates = new ArrayList<>();
    List<WorkerStat> workers = host.stats().workers();
    for (WorkerStat stat : workers) {
      String name = stat.worker().name();
      long namesakes = workers.stream().filter(s -> s.worker().name().equals(name)).count();
      boolean plain = PLAIN.matcher(name).matches(); // Gogo's parser cannot complete into quotes
      candidates.add(
          namesakes == 1 && plain
              ? candidate(WorkerNames.typed(name), stat.id() + " " + stat.state())
              : candidate(stat.id().toString(), name + " " + stat.state()));
    }
    return candidates;
  }

  private List<String> libraries() throws CommandFailed {
    return host.stats().functions().stream().map(LibraryStat::library).distinct().toList();
  }

  private List<String> functions(List<String> operands) throws CommandFailed {
    String library = operands.isEmpty() ? "" : LibraryText.symbolicName(operands.get(0));
    return host.stats().functions().stream()
        .filter(stat -> stat.library().equals(library))
        .flatMap(stat -> stat.functions().orElse(List.of()).stream())
        .distinct()
        .toList();
  }

  private List<String> databases() {
    try {
      return DatabaseAccess.names(host);
    } catch (SQLException e) { // the catalog cannot be read: nothing to offer
      LOG.debug("no completion: {}", e.getMessage());
      return List.of();
    }
  }

  private static List<Candidate> plain(List<String> values) {
    return values.stream().map(value -> candidate(value, "")).toList();
  }

  private static Candidate candidate(String value, String about) {
    return new Candidate(value, value, null, about.isEmpty() ? null : about, null, null, true);
  }
}
