// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hostler.supervisor.Event.Attempt;
import org.hostler.supervisor.Event.Outlook;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Walks the table in {@link WorkerLifecycle}'s javadoc, cell by cell: the page is the test's input,
 * so that the two cannot differ.
 */
class WorkerLifecycleTableTest {
  private static final Path PAGE =
      Path.of("src/main/java/org/hostler/supervisor/WorkerLifecycle.java");
  private static final RestartPolicy POLICY = RestartPolicy.after(Duration.ofSeconds(5));
  private static final BackgroundWorker UPDATED =
      Slots.worker(POLICY).toBuilder().type("u").build();

  /** What happens, by the name of the table's row. */
  private static final Map<String, Event> EVENTS =
      Map.ofEntries(
          Map.entry("Available", new Attempt(new Outlook.Available())),
          Map.entry("Wait", new Attempt(new Outlook.Wait(Slots.PHASE))),
          Map.entry("Load", new Attempt(new Outlook.Load())),
          Map.entry("Missing", new Attempt(new Outlook.Missing(Slots.STOPPED))),
          Map.entry("Down", new Attempt(new Outlook.Down(Slots.DOWN))),
          Map.entry("Never", new Attempt(new Outlook.Never())),
          Map.entry("LibrarySought", new Event.LibrarySought()),
          Map.entry("Started", new Event.Started(1)),
          Map.entry("Ready", new Event.Ready(1)),
          Map.entry("Exited", new Event.Exited(1, ExitStatus.failed("it failed"), 0)),
          Map.entry("Terminate", new Event.Terminate()),
          Map.entry("HostStops", new Event.HostStops()),
          Map.entry("Restart", new Event.Restart()),
          Map.entry("Drain", new Event.Drain(Slots.STOPPED)),
          Map.entry("SignalTerm", new Event.Signal(WorkerSignal.TERM)),
          Map.entry("SignalOther", new Event.Signal(WorkerSignal.HUP)),
          Map.entry("CauseGone", new Event.CauseGone()),
          Map.entry("Explained", new Event.Explained(Slots.STOPPED)),
          Map.entry("Due", new Event.Due()),
          Map.entry("Readopted", new Event.Readopted(UPDATED)));

  /** What a word of the table means: the state afterwards ("=": as before) and the actions. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("–", "="),
          Map.entry("launch", "STARTING Launch"),
          Map.entry("wait", "PENDING(PHASE)"),
          Map.entry("load", "PENDING(LOADING) Load"),
          Map.entry("look", "= Load"),
          Map.entry("miss", "PARKED(BUNDLE_STOPPED) exited parked"),
          Map.entry("down", "PARKED(DATABASE_DOWN) parked"),
          Map.entry("free", "= Free unregistered"),
          Map.entry("enqueue", "= Enqueue"),
          Map.entry("afresh", "= Enqueue"),
          Map.entry("if loading", "="),
          Map.entry("if drained", "="),
          Map.entry("back", "= Enqueue"),
          Map.entry("RUNNING", "RUNNING started"),
          Map.entry("note", "= started"),
          Map.entry("READY", "READY ready"),
          Map.entry("decide", "BACKOFF exited backoff"),
          Map.entry("by cause", "= Free exited unregistered"),
          Map.entry("stop", "STOPPING Send terminating"),
          Map.entry("merge", "="),
          Map.entry("send", "= Send"),
          Map.entry("PARKED", "PARKED(BUNDLE_STOPPED) parked"),
          Map.entry("reason", "PARKED(BUNDLE_STOPPED) parked"),
          Map.entry("next rung", "= Interrupt"),
          Map.entry("adopt", "="));

  @Test
  void everyCellIsFilledAndEveryStateAndRowIsThere() throws IOException {
    Map<String, List<String>> table = table();
    assertThat(table.remove("").stream().map(WorkerState::valueOf))
        .containsExactlyInAnyOrder(WorkerState.values());
    assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(EVENTS.keySet());
    assertThat(table.values()).allSatisfy(cells -> assertThat(WORDS).containsKeys(words(cells)));
    assertThat(table.values()).allMatch(cells -> cells.size() == WorkerState.values().length);
    assertThat(Event.class.getPermittedSubclasses())
        .allMatch(kind -> EVENTS.values().stream().anyMatch(kind::isInstance));
    assertThat(Outlook.class.getPermittedSubclasses()).hasSize(6);
  }

  private static String[] words(List<String> cells) {
    return cells.toArray(String[]::new);
  }

  @TestFactory
  Stream<DynamicTest> everyCellIsWhatTheCodeDoes() throws IOException {
    Map<String, List<String>> table = table();
    List<String> states = table.remove("");
    List<DynamicTest> tests = new ArrayList<>();
    table.forEach(
        (row, cells) -> {
          for (int i = 0; i < cells.size(); i++) {
            WorkerState state = WorkerState.valueOf(states.get(i));
            String word = cells.get(i);
            tests.add(
                DynamicTest.dynamicTest(
                    "%s in %s: %s".formatted(row, state.name(), word),
                    () -> assertCell(EVENTS.get(row), state, WORDS.get(word))));
          }
        });
    return tests.stream();
  }

  private static void assertCell(Event event, WorkerState state, String expected) {
    WorkerSlot before = Slots.in(state, POLICY);
    Step step = Slots.lifecycle().step(before, event, Slots.NOW);
    assertThat(summary(before, step)).isEqualTo(expected);
    if (expected.equals("=") && !(event instanceof Event.Readopted)) {
      assertThat(step.slot()).isEqualTo(before);
    }
  }

  private static String summary(WorkerSlot before, Step step) {
    WorkerSlot after = step.slot();
    boolean same = after.state() == before.state() && after.why().equals(before.why());
    String state =
        same ? "=" : after.state().name() + after.why().map(r -> "(" + r.code() + ")").orElse("");
    String actions =
        step.actions().stream().map(WorkerLifecycleTableTest::name).collect(joining(" "));
    return actions.isEmpty() ? state : state + " " + actions;
  }

  private static String name(Action action) {
    return action instanceof Action.Emit emit
        ? emit.kind().toString()
        : action.getClass().getSimpleName();
  }

  /** The table's rows; the header's is that of the empty name. */
  private static Map<String, List<String>> table() throws IOException {
    Map<String, List<String>> table = new LinkedHashMap<>();
    String page = Files.readString(PAGE);
    String pre = page.substring(page.indexOf("<pre>") + 5, page.indexOf("</pre>"));
    for (String line : pre.lines().map(l -> l.replaceFirst("^ \\* ?", "")).toList()) {
      if (!line.isBlank()) {
        String[] cells = line.stripTrailing().split("\\s{2,}");
        table.put(cells[0], Arrays.asList(cells).subList(1, cells.length));
      }
    }
    return table;
  }
}
