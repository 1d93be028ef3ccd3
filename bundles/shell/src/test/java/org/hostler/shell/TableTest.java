// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAlignedAndTheLastIsNotPadded() {
    assertThat(
            Table.of("NAME", ">N", "REMARK").row("a", 7, "").row("bcdef", 100, "long").toString())
        .isEqualTo("NAME     N  REMARK\na        7\nbcdef  100  long\n");
  }

  @Test
  void aCellNeverBreaksItsRow() {
    assertThat(Table.plain().row("a\n  b", "c").toString()).isEqualTo("a b  c\n");
  }

  @Test
  void anEmptyTableIsEmpty() {
    assertThat(Table.plain().toString()).isEmpty();
    assertThat(Table.of("A", "B").toString()).isEqualTo("A  B\n");
  }

  @Test
  void aWorkerThatDoesNotRunShowsItsReasonInTheRow_V1() {
    assertThat(
            WorkerView.table(
                List.of(
                    Seen.stat(3, 17, "w", WorkerState.PARKED),
                    Seen.stat(4, 18, "x", WorkerState.BACKOFF))))
        .isEqualTo(
            """
            ID    NAME  TYPE  LIBRARY        FUNCTION  STATE    RESTARTS  REMARK
            3:17  w     w     org.acme.jobs  clean     parked          0  BUNDLE_STOPPED: stopped \
            by hand
            4:18  x     x     org.acme.jobs  clean     backoff         2  starts again at \
            2026-11-21T00:00:08.123Z; ended with status 1: java.io.IOException: gone
            """);
  }

  @Test
  void theSheetEndsWithCauseAndStackTrace() {
    assertThat(WorkerView.sheet(Seen.stat(4, 18, "x", WorkerState.BACKOFF), Optional.empty()))
        .startsWith("id             4:18 (incarnation 1)\nname           x\n")
        .endsWith("last exit      status 1: java.io.IOException: gone\na\n\tat b\n");
  }

  @Test
  void anEventIsARowOrALine() {
    WorkerEvent event = Seen.event(12, 3, 17, "w", WorkerEvent.Kind.EXITED, 1);
    assertThat(EventView.table(List.of(event)))
        .isEqualTo(
            """
            AT                        ID    LIFE  NAME  EVENT   DETAIL
            2026-11-21T00:00:11.123Z  3:17     1  w     exited  status 1: it failed
            """);
    assertThat(EventView.line(event))
        .isEqualTo("2026-11-21T00:00:11.123Z 3:17       1 w exited status 1: it failed");
  }

  @Test
  void theListIsSortedAndSelected() throws Exception {
    Seen seen =
        new Seen()
            .worker(0, 1, "z", WorkerState.RUNNING)
            .worker(1, 2, "a", WorkerState.PARKED)
            .worker(2, 3, "a", WorkerState.RUNNING);
    Syntax syntax = new ListCommand(new SeenHost(seen)).syntax();
    assertThat(ListCommand.selected(seen.workers(), CommandLine.parse(syntax, List.of())))
        .extracting(stat -> stat.id().toString())
        .containsExactly("1:2", "2:3", "0:1");
    assertThat(
            ListCommand.selected(
                seen.workers(),
                CommandLine.parse(
                    syntax,
                    List.of("--type", "a", "--state", "RUNNING", "--library", "org.acme.jobs"))))
        .extracting(stat -> stat.id().toString())
        .containsExactly("2:3");
    assertThat(ListCommand.TypeCount.of(seen.workers()))
        .extracting(ListCommand.TypeCount::type, count -> count.states().get(WorkerState.RUNNING))
        .containsExactly(tuple("a", 1), tuple("z", 1));
  }
}
