// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundWorkerTest {
  private static BackgroundWorker.Builder worker() {
    return BackgroundWorker.builder("cleaner").library("org.acme.jobs").function("clean");
  }

  private static ThrowableAssertAlternative<IllegalArgumentException> assertRefused(
      UnaryOperator<BackgroundWorker.Builder> change) {
    return assertThatIllegalArgumentException().isThrownBy(() -> change.apply(worker()).build());
  }

  @Test
  void builderHasPostgresqlsDefaults() {
    BackgroundWorker worker = worker().build();
    assertThat(worker.flags()).containsExactly(WorkerFlag.SHMEM_ACCESS);
    assertThat(worker.startTime()).isEqualTo(StartTime.RECOVERY_FINISHED);
    assertThat(worker.restart()).isEqualTo(RestartPolicy.after(Duration.ofSeconds(60)));
    assertThat(worker.mainArg()).isEqualTo(Datum.NULL);
    assertThat(worker.extra()).isEmpty();
    assertThat(worker.notifyId()).isEmpty();
    assertThat(worker.isolation()).isEmpty();
    assertThat(worker.heap()).isEmpty();
  }

  @Test
  void descriptionIsAValueThatNothingChangesLater_R2() {
    byte[] extra = {1, 2, 3};
    EnumSet<WorkerFlag> flags = EnumSet.of(WorkerFlag.SHMEM_ACCESS, WorkerFlag.DATABASE_CONNECTION);
    BackgroundWorker.Builder builder = worker().extra(extra).flags(flags).mainArg(5);
    BackgroundWorker worker = builder.build();
    extra[0] = 9;
    flags.clear();
    builder.mainArg(6).type("other");
    worker.extra()[1] = 9;
    assertThat(worker.extra()).containsExactly(1, 2, 3);
    assertThat(worker.flags())
        .containsExactlyInAnyOrder(WorkerFlag.SHMEM_ACCESS, WorkerFlag.DATABASE_CONNECTION);
    assertThat(worker.mainArg()).isEqualTo(Datum.of(5));
    assertThat(worker.type()).isEqualTo("cleaner");
  }

  @Test
  void textOfFullLengthIsKeptAndOneMoreCharacterIsRefusedNeverCut_R2() {
    String longest = "n".repeat(BackgroundWorker.MAX_NAME);
    BackgroundWorker worker =
        BackgroundWorker.builder(longest)
            .type(longest)
            .function(longest)
            .library("l".repeat(BackgroundWorker.MAX_LIBRARY))
            .extra(new byte[BackgroundWorker.MAX_EXTRA])
            .build();
    assertThat(worker.name()).isEqualTo(longest);
    assertThat(worker.type()).isEqualTo(longest);
    assertThat(worker.function()).isEqualTo(longest);
    assertThat(worker.library()).hasSize(1_023);
    assertThat(worker.extra()).hasSize(8_192);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackgroundWorker.builder(longest + "n").build())
        .withMessageContaining("name is too long\nit has 96 characters, 95 are possible");
    assertRefused(w -> w.type(longest + "n")).withMessageContaining("type is too long");
    assertRefused(w -> w.function(longest + "n")).withMessageContaining("function is too long");
    assertRefused(w -> w.library("l".repeat(1_024)))
        .withMessageContaining("library is too long\nit has 1024 characters, 1023 are possible");
    assertRefused(w -> w.extra(new byte[8_193]))
        .withMessageContaining("it has 8193 bytes, 8192 are possible");
  }

  @Test
  void unicodeIsKeptAndControlCharactersAreRefused_R3() {
    BackgroundWorker worker =
        BackgroundWorker.builder("Aufräumer 清掃").library("org.äcme").function("räume").build();
    assertThat(worker.name()).isEqualTo("Aufräumer 清掃");
    assertThat(worker.library()).isEqualTo("org.äcme");
    assertThat(worker.function()).isEqualTo("räume");
    assertRefused(w -> w.type("a\nb"))
        .withMessage(
            "background worker: type contains control characters\nit is \"a?b\"\n"
                + "Use printable characters only.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackgroundWorker.builder("a\u007fb").build());
  }

  @Test
  void flagsWithoutSharedMemoryAreRefused_R4_T20() {
    assertRefused(w -> w.flags(Set.of()))
        .withMessage(
            "background worker \"cleaner\": workers without shared memory access are not"
                + " supported\nflags are []\nAdd SHMEM_ACCESS to the flags.");
    assertRefused(w -> w.flags(Set.of(WorkerFlag.DATABASE_CONNECTION)));
  }

  @Test
  void databaseAccessExcludesTheEarliestStart_R5_T20() {
    assertRefused(w -> w.flag(WorkerFlag.DATABASE_CONNECTION).startTime(StartTime.HOST_START))
        .withMessageContaining("database access cannot be requested at host start");
    assertThat(
            worker()
                .flag(WorkerFlag.DATABASE_CONNECTION)
                .startTime(StartTime.CONSISTENT_STATE)
                .build()
                .startTime())
        .isEqualTo(StartTime.CONSISTENT_STATE);
  }

  @Test
  void interruptibleNeedsADatabase_R6_T20() {
    assertRefused(w -> w.flag(WorkerFlag.INTERRUPTIBLE))
        .withMessageContaining("an interruptible worker needs a database connection");
    assertThat(
            worker()
                .flag(WorkerFlag.INTERRUPTIBLE)
                .flag(WorkerFlag.DATABASE_CONNECTION)
                .build()
                .flags())
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 86_400_000})
  void intervalInRangeIsAccepted_R7_T19(long seconds) {
    RestartPolicy policy = RestartPolicy.after(Duration.ofSeconds(seconds));
    assertThat(worker().restart(policy).build().restart()).isEqualTo(policy);
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, -1, 86_400_001})
  void intervalOutOfRangeCannotBeBuilt_R7_R19_T19(long seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartPolicy.after(Duration.ofSeconds(seconds)))
        .withMessageContaining("must be between 0 and 86400000 seconds, or never");
  }

  @Test
  void noKindOfWorkerHasToBeOneThatNeverRestarts_R8() {
    assertThat(WorkerFlag.values()).extracting(Enum::name).noneMatch(n -> n.contains("PARALLEL"));
    for (WorkerFlag flag : WorkerFlag.values()) {
      BackgroundWorker worker =
          worker()
              .flag(WorkerFlag.DATABASE_CONNECTION)
              .flag(flag)
              .restart(RestartPolicy.after(Duration.ofSeconds(1)))
              .build();
      assertThat(worker.restart().toString()).isEqualTo("1s");
    }
  }

  @Test
  void emptyTypeIsTheNameAndTheBuilderKeepsNone_R9_T18() {
    BackgroundWorker.Builder builder = worker().type("");
    BackgroundWorker first = builder.build();
    assertThat(first.type()).isEqualTo(first.name());
    assertThat(first.toBuilder().type("sweeper").build().type()).isEqualTo("sweeper");
    assertThat(builder.build().type()).isEqualTo("cleaner");
  }

  @Test
  void neitherExistenceNorUniquenessIsChecked_R10() {
    BackgroundWorker unnamed =
        BackgroundWorker.builder("").library("no.such.library").function("none").build();
    assertThat(unnamed.name()).isEmpty();
    assertThat(unnamed.library()).isEqualTo("no.such.library");
    assertThat(worker().build()).isEqualTo(worker().build()).hasSameHashCodeAs(worker().build());
  }

  @Test
  void libraryAndFunctionAreNeeded() {
    assertRefused(w -> w.library(" ")).withMessageContaining("it has no library");
    assertRefused(w -> w.function("")).withMessageContaining("it has no function");
  }

  @Test
  void heapIsAtLeastAMegabyte() {
    assertRefused(w -> w.heap(1_048_575)).withMessageContaining("it is 1048575 bytes");
    assertThat(worker().heap(1_048_576).build().heap()).hasValue(1_048_576);
  }

  @Test
  void noPartMayBeNull() {
    assertThatNullPointerException().isThrownBy(() -> worker().type(null));
    assertThatNullPointerException().isThrownBy(() -> worker().restart(null));
    assertThatNullPointerException().isThrownBy(() -> worker().mainArg((Datum) null));
    assertThatNullPointerException().isThrownBy(() -> BackgroundWorker.builder(null));
  }

  @Test
  void copyForChangingHasEveryPart() {
    BackgroundWorker worker =
        worker()
            .type("t")
            .flag(WorkerFlag.DATABASE_CONNECTION)
            .startTime(StartTime.CONSISTENT_STATE)
            .restart(RestartPolicy.never())
            .mainArg("a")
            .extra("e")
            .notify(new WorkerId(1, 2, 3))
            .isolation(Isolation.PROCESS)
            .heap(64 << 20)
            .build();
    assertThat(worker.toBuilder().build()).isEqualTo(worker);
    assertThat(worker.toBuilder().mainArg("b").build()).isNotEqualTo(worker);
    assertThat(worker.notifyId()).hasValue(new WorkerId(1, 2, 3));
  }

  @Test
  void argumentsAreTypedAndCopied_R28() {
    byte[] bytes = {1, 2};
    BackgroundWorker worker = worker().mainArg(Datum.of(bytes)).build();
    bytes[0] = 9;
    worker.mainArg().asBytes()[1] = 9;
    assertThat(worker.mainArg().asBytes()).containsExactly(1, 2);
    assertThat(worker().mainArg("x").build().mainArg().asText()).isEqualTo("x");
    assertThat(worker().mainArg(7).build().mainArg().asLong()).isEqualTo(7);
  }
}
