// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerStats;

/**
 * Finds the worker that is meant by {@code WORKER}: a slot ({@code 3}), an id ({@code 3:17}), a
 * unique name, or {@code name:…} for a name that looks like one of the others.
 *
 * <p>Registered workers come first. When none is meant, the history is searched, where the newest
 * registration with that slot or name is taken.
 */
final class WorkerNames {
  /** More than any history holds. */
  static final int ALL = 1_000_000;

  private static final Pattern SLOT = Pattern.compile("\\d{1,9}");
  private static final Pattern ID = Pattern.compile("(\\d{1,9}):(0*[1-9]\\d{0,17})");
  private static final String NAME = "name:";

  private final WorkerStats stats;

  WorkerNames(WorkerStats stats) {
    this.stats = stats;
  }

  /** Finds a registered worker; one that is gone is refused, saying when and how it ended. */
  WorkerStat live(String typed) throws CommandFailed {
    Found found = find(typed);
    if (found instanceof Found.Live live) {
      return live.stat();
    }
    throw ((Found.Gone) found).refusal();
  }

  /** Finds a worker that is registered or was; an unknown or ambiguous one is refused. */
  Found find(String typed) throws CommandFailed {
    Optional<Found> found = search(typed);
    if (found.isEmpty()) {
      throw unknown(typed);
    }
    return found.get();
  }

  /** Finds a worker that is registered or was; an ambiguous one is refused. */
  Optional<Found> search(String typed) throws CommandFailed {
    Matcher id = ID.matcher(typed);
    if (id.matches()) {
      return byId(new WorkerId(Integer.parseInt(id.group(1)), Long.parseLong(id.group(2)), 0));
    }
    if (SLOT.matcher(typed).matches()) {
      int slot = Integer.parseInt(typed);
      return newest(typed, stat -> stat.id().slot() == slot, event -> slot(event) == slot);
    }
    String name = typed.startsWith(NAME) ? typed.substring(NAME.length()) : typed;
    return newest(
        name, stat -> stat.worker().name().equals(name), event -> event.name().equals(name));
  }

  private static int slot(WorkerEvent event) {
    return event.id().map(WorkerId::slot).orElse(-1);
  }

  private Optional<Found> byId(WorkerId id) {
    Optional<WorkerStat> stat = stats.worker(id);
    if (stat.isPresent()) {
      return Optional.of(new Found.Live(stat.get()));
    }
    List<WorkerEvent> events = stats.history(id, ALL);
    return events.isEmpty() ? Optional.empty() : Optional.of(gone(events.get(events.size() - 1)));
  }

  private Optional<Found> newest(String typed, Predicate<WorkerStat> is, Predicate<WorkerEvent> was)
      throws CommandFailed {
    List<WorkerStat> workers = stats.workers().stream().filter(is).toList();
    if (workers.size() > 1) {
      throw CommandFailed.refused(
          "worker \"%s\": the name is ambiguous".formatted(typed),
          "it is the name of "
              + String.join(", ", workers.stream().map(stat -> stat.id().toString()).toList()),
          "give one of the ids");
    }
    if (workers.size() == 1) {
      return Optional.of(new Found.Live(workers.get(0)));
    }
    return stats.history(ALL).stream()
        .filter(event -> event.id().isPresent() && was.test(event))
        .reduce((earlier, later) -> later)
        .map(this::gone);
  }

  private Found gone(WorkerEvent newest) {
    WorkerId id = newest.id().orElseThrow();
    return new Found.Gone(id, newest.name(), stats.history(id, ALL));
  }

  /** Returns the refusal of a worker that nobody knows. */
  CommandFailed unknown(String typed) {
    List<WorkerStat> workers = stats.workers();
    return CommandFailed.refused(
        "worker \"%s\": there is none".formatted(typed),
        workers.size() == 1 ? "1 worker is registered" : workers.size() + " workers are registered",
        Nearest.hint(typed, workers.stream().map(stat -> typed(stat.worker().name())).toList()));
  }

  /**
   * Returns a name as it is typed: with {@code name:} before it when it looks like something else.
   */
  static String typed(String name) {
    boolean misleading =
        SLOT.matcher(name).matches() || ID.matcher(name).matches() || name.startsWith(NAME);
    return misleading ? NAME + name : name;
  }
}
