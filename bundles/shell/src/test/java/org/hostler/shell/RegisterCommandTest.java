// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.Datum;
import org.hostler.worker.Isolation;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.StartTime;
import org.hostler.worker.WorkerFlag;
import org.junit.jupiter.api.Test;

class RegisterCommandTest {
  private static final Syntax SYNTAX = new RegisterCommand(new SeenHost(new Seen())).syntax();

  private static BackgroundWorker worker(String... words) throws CommandFailed {
    return RegisterCommand.worker(CommandLine.parse(SYNTAX, Arrays.asList(words)));
  }

  @Test
  void whatIsNotSaidHasItsDefault() throws Exception {
    BackgroundWorker worker = worker("org.acme.jobs", "clean");
    assertThat(worker.name()).isEqualTo("clean");
    assertThat(worker.type()).isEqualTo("clean");
    assertThat(worker.library()).isEqualTo("org.acme.jobs");
    assertThat(worker.restart()).isEqualTo(RestartPolicy.never());
    assertThat(worker.startTime()).isEqualTo(StartTime.RECOVERY_FINISHED);
    assertThat(worker.isolation()).isEmpty();
    assertThat(worker.mainArg()).isEqualTo(Datum.NULL);
    assertThat(worker.flags()).isEqualTo(Set.of(WorkerFlag.SHMEM_ACCESS));
  }

  @Test
  void everyPartCanBeSaid() throws Exception {
    BackgroundWorker worker =
        worker(
            ("--name n --type t --flag DATABASE_CONNECTION --flag interruptible --start"
                    + " consistent_state --restart backoff:1s..60s,limit=5/60s --arg 7 --extra e"
                    + " --isolation process --heap 64m a.b@1.2..2 f")
                .split(" "));
    assertThat(worker.name()).isEqualTo("n");
    assertThat(worker.type()).isEqualTo("t");
    assertThat(worker.flags()).isEqualTo(Set.of(WorkerFlag.values()));
    assertThat(worker.startTime()).isEqualTo(StartTime.CONSISTENT_STATE);
    assertThat(worker.restart())
        .isEqualTo(
            RestartPolicy.backoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
                .limit(5, Duration.ofMinutes(1)));
    assertThat(worker.mainArg()).isEqualTo(Datum.of(7));
    assertThat(worker.extra()).asString().isEqualTo("e");
    assertThat(worker.isolation()).contains(Isolation.PROCESS);
    assertThat(worker.heap()).isEqualTo(OptionalLong.of(64 << 20));
    assertThat(worker.library()).isEqualTo("a.b@1.2..2");
  }

  @Test
  void everyFormOfARestartPolicyIsTaken_R7_X8() throws Exception {
    for (String form :
        List.of(
            "never",
            "-1",
            "0",
            "10s",
            "500ms",
            "1.5h",
            "backoff:0..1min",
            "backoff(1s,60s)",
            "backoff:1s..60s,factor=1.5,jitter=0.1,healthy=5min,limit=3/1h",
            "10s,limit=5/60s")) {
      assertThat(worker("--restart", form, "a", "f").restart())
          .isEqualTo(RestartPolicy.parse(form));
    }
  }

  @Test
  void whatIsNoRestartPolicyIsWrongUsageAndWhatIsTooLongIsRefused_R7() {
    assertThatThrownBy(() -> worker("--restart", "soon", "a", "f"))
        .hasMessageContaining("--restart \"soon\"")
        .extracting(e -> ((CommandFailed) e).exit())
        .isEqualTo(CommandFailed.Exit.USAGE);
    assertThatThrownBy(() -> worker("--restart", "86400001s", "a", "f"))
        .hasToString(
            "worker \"f\": its restart policy is not possible\n"
                + "detail: restart \"86400001s\": restart interval 86400001s: must be between 0 and"
                + " 86400000 seconds, or never\n"
                + "hint: bgw:register --help shows the forms")
        .extracting(e -> ((CommandFailed) e).exit())
        .isEqualTo(CommandFailed.Exit.REFUSED);
  }

  @Test
  void anInvalidWorkerIsRefusedWithDetailAndHint_R5() {
    assertThatThrownBy(
            () -> worker("--flag", "DATABASE_CONNECTION", "--start", "host_start", "a", "f"))
        .hasToString(
            "background worker \"f\": database access cannot be requested at host start\n"
                + "detail: startTime is HOST_START and flags contain DATABASE_CONNECTION\n"
                + "hint: Use startTime(CONSISTENT_STATE) or later.");
  }

  @Test
  void otherWrongValuesAreWrongUsage() {
    for (String[] words :
        new String[][] {
          {"--heap", "much", "a", "f"},
          {"--heap", "999999999999t", "a", "f"},
          {"--arg", "bytes:xy", "a", "f"},
          {"--flag", "FAST", "a", "f"},
          {"--start", "now", "a", "f"},
          {"--wait", "done", "a", "f"},
          {"a"},
        }) {
      assertThatThrownBy(() -> worker(words))
          .extracting(e -> ((CommandFailed) e).exit())
          .isEqualTo(CommandFailed.Exit.USAGE);
    }
  }

  @Test
  void anUnknownLibraryIsRefusedWithTheNearestName() {
    Seen seen = new Seen().library("org.acme.jobs", "1.2.0", Optional.of(List.of("clean")));
    assertThatThrownBy(() -> KnownFunctions.check("org.acme.job", "clean", seen.functions()))
        .hasToString(
            "library \"org.acme.job\": there is none of this name\n"
                + "detail: known are org.acme.jobs\nhint: did you mean \"org.acme.jobs\"?");
    assertThatThrownBy(() -> KnownFunctions.check("jobs", "clean", seen.functions()))
        .hasToString(
            "library \"jobs\": there is none of this name\n"
                + "detail: known are org.acme.jobs\nhint: did you mean \"org.acme.jobs\"?");
  }

  @Test
  void anUnknownFunctionIsRefusedWithTheNearestName() {
    Seen seen = new Seen().library("a.b", "1.2.0", Optional.of(List.of("clean", "wash")));
    assertThatThrownBy(() -> KnownFunctions.check("a.b", "claen", seen.functions()))
        .hasToString(
            "library \"a.b\": it has no function \"claen\"\n"
                + "detail: it has clean, wash\nhint: did you mean \"clean\"?");
  }

  @Test
  void aLibraryThatDeclaresNothingMayHaveAnyFunction() throws Exception {
    Seen seen = new Seen().library("a.b", "1.2.0", Optional.empty());
    KnownFunctions.check("a.b", "anything", seen.functions());
  }

  @Test
  void theVersionsInRangeCount() throws Exception {
    Seen seen =
        new Seen()
            .library("a.b", "1.2.0", Optional.of(List.of("old")))
            .library("a.b", "2.0.0", Optional.of(List.of("new")));
    KnownFunctions.check("a.b@1.2..2", "old", seen.functions());
    KnownFunctions.check("a.b;[2,3)", "new", seen.functions());
    assertThatThrownBy(() -> KnownFunctions.check("a.b@1.2..2", "new", seen.functions()))
        .hasMessage("library \"a.b\": it has no function \"new\"");
    assertThatThrownBy(() -> KnownFunctions.check("a.b@3..4", "new", seen.functions()))
        .hasMessageStartingWith("library \"a.b\": no version is in [3.0.0,4.0.0)");
    assertThatThrownBy(() -> KnownFunctions.check("a.b@soon", "new", seen.functions()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
