// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerState;

/** {@code bgw:list}: all workers, or a row for each type of them. */
final class ListCommand implements Command {
  private static final Comparator<WorkerStat> BY_TYPE_AND_NAME =
      Comparator.comparing((WorkerStat stat) -> stat.worker().type())
          .thenComparing(stat -> stat.worker().name())
          .thenComparing(stat -> stat.id().slot());

  private static final Syntax SYNTAX =
      Syntax.of("list", "lists the background workers, by type and name")
          .option("type", "T", Values.TYPE, "only workers of this type")
          .option("library", "L", Values.LIBRARY, "only workers of this library")
          .option("state", "S", Values.STATE, "only workers in this state")
          .option("by", "type", Values.GROUPING, "a row for each type, with its workers by state")
          .json();

  private final Host host;

  ListCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    List<WorkerStat> stats = selected(host.stats().workers(), line);
    if (line.has("by")) {
      List<TypeCount> counts = TypeCount.of(stats);
      if (line.has("json")) {
        out.array(counts, (json, count) -> count.json(json));
      } else {
        out.print(TypeCount.table(counts));
      }
    } else if (line.has("json")) {
      SessionView sessions = SessionView.of(host);
      out.array(stats, (json, stat) -> WorkerView.json(json, stat, sessions.of(stat.id())));
    } else {
      out.print(WorkerView.table(stats));
    }
  }

  /** Returns the workers that the options ask for, in the order of the list. */
  static List<WorkerStat> selected(List<WorkerStat> stats, CommandLine line) {
    return stats.stream()
        .filter(s -> line.value("type").map(s.worker().type()::equals).orElse(true))
        .filter(s -> line.value("library").map(l -> isOf(s, l)).orElse(true))
        .filter(s -> line.value("state").map(s.state().toString()::equalsIgnoreCase).orElse(true))
        .sorted(BY_TYPE_AND_NAME)
        .toList();
  }

  private static boolean isOf(WorkerStat stat, String library) {
    String named = stat.worker().library();
    return named.equals(library) || LibraryText.symbolicName(named).equals(library);
  }

  /**
   * The workers of one type.
   *
   * @param type the type
   * @param states how many are in each state; has an entry for every state
   * @param restarts how often they were started again, together
   */
  record TypeCount(String type, Map<WorkerState, Integer> states, int restarts) {

    /** Counts workers, by type. */
    static List<TypeCount> of(List<WorkerStat> stats) {
      Map<String, List<WorkerStat>> types = new TreeMap<>();
      stats.forEach(
          s -> types.computeIfAbsent(s.worker().type(), type -> new ArrayList<>()).add(s));
      return types.entrySet().stream().map(e -> count(e.getKey(), e.getValue())).toList();
    }

    private static TypeCount count(String type, List<WorkerStat> stats) {
      Map<WorkerState, Integer> states = new EnumMap<>(WorkerState.class);
      for (WorkerState state : WorkerState.values()) {
        states.put(state, 0);
      }
      stats.forEach(stat -> states.merge(stat.state(), 1, Integer::sum));
      return new TypeCount(type, states, stats.stream().mapToInt(WorkerStat::restarts).sum());
    }

    private int workers() {
      return states.values().stream().mapToInt(Integer::intValue).sum();
    }

    void json(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("type", type);
      json.writeNumberField("count", workers());
      json.writeObjectFieldStart("workers");
      for (Map.Entry<WorkerState, Integer> state : states.entrySet()) {
        json.writeNumberField(state.getKey().toString(), state.getValue());
      }
      json.writeEndObject();
      json.writeNumberField("restarts", restarts);
      json.writeEndObject();
    }

    static String table(List<TypeCount> counts) {
      List<String> headings = new ArrayList<>(List.of("TYPE", ">WORKERS"));
      for (WorkerState state : WorkerState.values()) {
        headings.add(">" + state.name());
      }
      headings.add(">RESTARTS");
      Table table = Table.of(headings.toArray(String[]::new));
      for (TypeCount count : counts) {
        List<Object> cells = new ArrayList<>(List.of(count.type, count.workers()));
        cells.addAll(count.states.values());
        cells.add(count.restarts);
        table.row(cells.toArray());
      }
      return table.toString();
    }
  }
}
