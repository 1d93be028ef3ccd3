// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Function;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The small values of the API: ids, exits, the words users type. */
class WorkerValuesTest {
  @Test
  void idNamesALifeAndReadsAsSlotAndGeneration_R24_H4() {
    WorkerId id = new WorkerId(3, 17, 2);
    assertThat(id).hasToString("3:17");
    assertThat(id.sameWorker(new WorkerId(3, 17, 5))).isTrue();
    assertThat(id.sameWorker(new WorkerId(3, 18, 2))).isFalse();
    assertThat(id.sameWorker(new WorkerId(4, 17, 2))).isFalse();
    assertThat(id).isNotEqualTo(new WorkerId(3, 17, 3));
  }

  @Test
  void idHasNoNumbersThatNoWorkerHas() {
    assertThatIllegalArgumentException().isThrownBy(() -> new WorkerId(-1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new WorkerId(0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new WorkerId(0, 1, -1));
  }

  @Test
  void statusZeroIsDoneOneIsFailedAnythingElseACrash_X2_X3_X5() {
    assertThat(ExitStatus.of(0)).isInstanceOf(ExitStatus.Done.class).hasToString("status 0");
    assertThat(ExitStatus.of(1)).isInstanceOf(ExitStatus.Failed.class).hasToString("status 1");
    assertThat(ExitStatus.of(2)).isInstanceOf(ExitStatus.Crashed.class).hasToString("status 2");
    assertThat(ExitStatus.of(255).code()).isEqualTo(255);
    ExitStatus killed = new ExitStatus.Crashed(137, "KILL", "", "");
    assertThat(killed).hasToString("signal KILL");
    assertThat(killed.signal()).isEqualTo("KILL");
    assertThat(ExitStatus.failed("why").cause()).isEqualTo("why");
    assertThat(ExitStatus.done().cause()).isEmpty();
    assertThat(ExitStatus.done().stackTrace()).isEmpty();
  }

  @Test
  void exitThatAWorkerAsksForIsAnErrorWithAStatus_F3() {
    assertThat(WorkerExit.with(2)).isInstanceOf(Error.class);
    assertThat(WorkerExit.with(255).status()).isEqualTo(255);
    assertThatIllegalArgumentException().isThrownBy(() -> WorkerExit.with(256));
    assertThatIllegalArgumentException().isThrownBy(() -> WorkerExit.with(-1));
  }

  @Test
  void terminationIsNoException_X12() {
    assertThat(new WorkerTerminated("x")).isInstanceOf(Error.class);
    assertThat(new WorkerCancelled("x")).isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @EnumSource
  void everyStateHasOneOfPostgresqlsStatuses_H1_H2(WorkerState state) {
    HandleStatus expected =
        switch (state) {
          case REQUESTED, PENDING, STARTING -> HandleStatus.NOT_YET_STARTED;
          case RUNNING, READY, STOPPING, ABANDONED -> HandleStatus.STARTED;
          case BACKOFF, PARKED -> HandleStatus.STOPPED;
        };
    assertThat(state.handleStatus()).isEqualTo(expected);
  }

  @Test
  void wordsAreReadInEitherCaseAndWrittenInLower() {
    assertWords(StartTime.values(), StartTime::parse);
    assertWords(Isolation.values(), Isolation::parse);
    assertWords(WorkerSignal.values(), WorkerSignal::parse);
  }

  private static <E extends Enum<E>> void assertWords(E[] values, Function<String, E> parse) {
    for (E value : values) {
      assertThat(parse.apply(value.toString())).isEqualTo(value);
      assertThat(parse.apply(value.name())).isEqualTo(value);
      assertThat(value.toString()).isEqualTo(value.name().toLowerCase(java.util.Locale.ROOT));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse.apply("nonsense"))
        .withMessageContaining("\"nonsense\": expected ");
  }

  @Test
  void refusalOfAStaticWorkerIsAValueThatCanBeThrown_R11() {
    StaticRegistration refused =
        new StaticRegistration.Refused(Reason.TABLE_FULL, "message", "detail", "hint");
    assertThatExceptionOfType(RegistrationRefused.class)
        .isThrownBy(refused::orThrow)
        .satisfies(
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.TABLE_FULL);
              assertThat(e.detail()).isEqualTo("detail");
              assertThat(e.hint()).isEqualTo("hint");
            });
  }

  @ParameterizedTest
  @EnumSource
  void waitingHelpsOnlyForWhatIsLackingNow_R21(Reason reason) {
    assertThat(reason.transientState())
        .isEqualTo(
            reason == Reason.PRELOADING || reason == Reason.TABLE_FULL || reason == Reason.QUOTA);
  }
}
