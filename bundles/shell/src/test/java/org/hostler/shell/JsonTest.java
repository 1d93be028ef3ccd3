// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hostler.worker.Datum;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.SettingChange;
import org.hostler.worker.SettingRange;
import org.hostler.worker.SettingSource;
import org.hostler.worker.SettingStat;
import org.hostler.worker.SettingType;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.Explanation;
import org.hostler.worker.stat.LibraryStat;
import org.hostler.worker.stat.PreloadStat;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static String json(Output.JsonValue value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Output(new PrintStream(bytes), StandardCharsets.UTF_8).json(value);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String worker(WorkerStat stat) {
    return json(json -> WorkerView.json(json, stat, Optional.empty()));
  }

  @Test
  void aWorkerHasEveryKeyAndNullForWhatIsMissing_V1_V3() {
    assertThat(worker(Seen.stat(3, 17, "wörker", WorkerState.RUNNING)))
        .isEqualTo(
            """
            {"id":"3:17","slot":3,"generation":17,"incarnation":1,"name":"wörker","type":"wörker",\
            "library":"org.acme.jobs","libraryVersion":"0.1.0","function":"clean","argument":null,\
            "start":"recovery_finished","restart":"never","notify":null,"flags":["SHMEM_ACCESS"],\
            "heap":null,"static":false,"isolation":"thread","state":"running","reason":null,\
            "pid":42,"threadId":77,"restarts":0,"registeredAt":"2026-11-20T23:59:59.123Z",\
            "startedAt":"2026-11-21T00:00:00.123Z","readyAt":null,"nextStartAt":null,\
            "lastExit":null,"statusText":null,"database":null,"segments":[]}
            """);
  }

  @Test
  void aWorkerThatFailedShowsItsLastExitAndNextStart() {
    assertThat(worker(Seen.stat(3, 17, "w", WorkerState.BACKOFF)))
        .contains(
            "\"state\":\"backoff\",\"reason\":null,\"pid\":null,\"threadId\":null,\"restarts\":2")
        .contains("\"nextStartAt\":\"2026-11-21T00:00:08.123Z\"")
        .contains(
            "\"lastExit\":{\"status\":1,\"signal\":null,\"at\":\"2026-11-21T00:00:04.123Z\","
                + "\"cause\":\"java.io.IOException: gone\"}");
  }

  @Test
  void onlyInfoShowsTheStackTrace() {
    WorkerStat failed = Seen.stat(3, 17, "w", WorkerState.BACKOFF);
    assertThat(json(json -> WorkerView.json(json, failed, Optional.empty(), true)))
        .contains("\"cause\":\"java.io.IOException: gone\",\"stackTrace\":\"a\\n\\tat b\\n\"}");
  }

  @Test
  void aReasonBeginsWithItsCode() {
    assertThat(worker(Seen.stat(3, 17, "w", WorkerState.PARKED)))
        .contains("\"reason\":\"BUNDLE_STOPPED: stopped by hand\"");
  }

  @Test
  void aWorkerThatWentAtOnceShowsWhatItWasRegisteredWith() {
    assertThat(
            json(
                json ->
                    WorkerView.goneJson(
                        json,
                        new WorkerId(0, 3, 1),
                        Seen.worker(
                            "w",
                            builder ->
                                builder
                                    .mainArg(Datum.of("3"))
                                    .flag(WorkerFlag.DATABASE_CONNECTION)
                                    .restart(RestartPolicy.after(Duration.ofSeconds(5)))
                                    .notify(new WorkerId(1, 2, 3))))))
        .contains("\"id\":\"0:3\"")
        .contains("\"argument\":\"text:3\"")
        .contains("\"restart\":\"5s\",\"notify\":\"1:2\"")
        .contains("\"flags\":[\"SHMEM_ACCESS\",\"DATABASE_CONNECTION\"]")
        .contains("\"state\":null");
  }

  @Test
  void anEventHasEveryKey() {
    assertThat(
            json(
                json ->
                    EventView.json(json, Seen.event(12, 3, 17, "w", WorkerEvent.Kind.CRASHED, 3))))
        .isEqualTo(
            """
            {"seq":12,"at":"2026-11-21T00:00:11.123Z","id":"3:17","incarnation":1,"name":"w",\
            "type":"w","event":"crashed","status":3,"signal":null,"detail":"it failed"}
            """);
  }

  @Test
  void aRefusalHasNoIdAndAGapNoName() {
    assertThat(json(json -> EventView.json(json, withoutId("w", WorkerEvent.Kind.REFUSED, "full"))))
        .contains("\"id\":null,\"incarnation\":null,\"name\":\"w\"");
    assertThat(json(json -> EventView.json(json, withoutId("", WorkerEvent.Kind.GAP, "7"))))
        .contains("\"name\":null,\"type\":null,\"event\":\"gap\"")
        .contains("\"detail\":\"7\"");
  }

  private static WorkerEvent withoutId(String name, WorkerEvent.Kind kind, String detail) {
    return new WorkerEvent(
        1, Seen.AT, Optional.empty(), name, name, kind, OptionalInt.empty(), "", detail);
  }

  @Test
  void theHostCountsEveryState() {
    assertThat(json(json -> StatusCommand.json(json, new Seen().host())))
        .isEqualTo(
            """
            {"state":"run","pid":42,"version":"0.1.0","java":"17.0.15","framework":"Felix 7.0.5",\
            "base":"/srv/a","startedAt":"2026-11-20T23:59:59.123Z","uptimeMs":90500,\
            "slots":{"max":256,"used":3},"workers":{"requested":0,"pending":0,"starting":0,\
            "running":2,"ready":0,"backoff":0,"stopping":0,"abandoned":0,"parked":1}}
            """);
  }

  @Test
  void aLibraryThatDeclaresNothingHasNullFunctions() {
    LibraryStat library = new LibraryStat("a.b", "1.2.0", false, "a.jar", Optional.empty());
    assertThat(json(json -> FunctionsCommand.json(json, library)))
        .isEqualTo(
            """
            {"library":"a.b","version":"1.2.0","loaded":false,"source":"a.jar","functions":null}
            """);
  }

  @Test
  void aPreloadEntryWithoutBundleHasNoNumber() {
    PreloadStat entry = new PreloadStat("a.b", "", -1, "", 50, "missing");
    assertThat(json(json -> PreloadCommand.json(json, entry)))
        .isEqualTo(
            """
            {"entry":"a.b","bundle":null,"bundleId":null,"version":null,"startLevel":50,\
            "result":"missing"}
            """);
  }

  @Test
  void anEmptyValueOfASettingIsAValue() {
    SettingStat setting =
        new SettingStat(
            "a.list",
            SettingType.LIST,
            "",
            Optional.of("x"),
            true,
            "",
            SettingSource.CONFIGURATION_FILE,
            Optional.of("conf/hostler.conf"),
            OptionalInt.of(7),
            SettingChange.RESTART,
            false,
            "",
            SettingRange.ANY,
            List.of(),
            "What it does.");
    assertThat(json(json -> SettingsCommand.json(json, setting)))
        .startsWith(
            "{\"name\":\"a.list\",\"value\":\"\",\"unit\":null,\"source\":\"hostler.conf\","
                + "\"file\":\"conf/hostler.conf\",\"line\":7,\"change\":\"restart\",\"pending\":\"x\","
                + "\"pendingRestart\":true,");
    assertThat(SettingsCommand.table(List.of(setting)))
        .contains("a.list  ''     -     conf/hostler.conf:7  restart  x waits for a restart");
  }

  @Test
  void anExplanationListsItsDelays() {
    Explanation explanation =
        new Explanation(
            Seen.stat(3, 17, "w", WorkerState.BACKOFF),
            "it failed",
            "it is started",
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)),
            List.of("a note"));
    assertThat(json(json -> ExplainCommand.json(json, explanation)))
        .contains("\"why\":\"it failed\",\"next\":\"it is started\"")
        .contains("\"delaysMs\":[1000,2000],\"notes\":[\"a note\"]");
    assertThat(ExplainCommand.text(explanation)).contains("delays   1s, 2s\nnote     a note\n");
  }
}
