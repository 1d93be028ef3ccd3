// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.InterruptBlock;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.WorkerCancelled;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.WorkerTerminated;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a worker does with what is asked of it: one table of requests for every kind of worker. */
@SuppressWarnings("try") // a block is held, not used
class WorkerRequestsTest {
  private final Lives lives = new Lives();

  /** What a main does that may ask its own life for something. */
  private interface Main {
    void run(WorkerContext context, WorkerLife life) throws Exception;
  }

  private ExitStatus live(Main main) {
    WorkerLife[] life = new WorkerLife[1];
    WorkerMain own = context -> main.run(context, life[0]);
    life[0] = lives.life(own);
    life[0].run();
    return lives.exit;
  }

  private static WorkerEvent event(long seq) {
    return new WorkerEvent(
        seq, Instant.EPOCH, Optional.empty(), "other", "t", Kind.EXITED, OptionalInt.of(1), "", "");
  }

  @ParameterizedTest
  @EnumSource(names = {"TERM", "INT", "USR1"})
  void requestSetsTheLatchAndNothingHappensBeforeTheCheck_L1_L4(WorkerSignal signal) {
    ExitStatus status =
        live(
            (context, life) -> {
              life.signal(signal);
              assertThat(context.latch().await(Duration.ZERO)).isTrue();
            });
    assertThat(status).isEqualTo(ExitStatus.done());
  }

  @Test
  void terminationThrowsAtEveryCheckAndIsNoException_X12_L1() {
    ExitStatus status =
        live(
            (context, life) -> {
              life.signal(WorkerSignal.TERM);
              for (int i = 0; i < 3; i++) {
                assertThatThrownBy(context::checkForInterrupts)
                    .isInstanceOf(WorkerTerminated.class)
                    .hasMessage("terminating background worker \"w\" due to administrator command");
              }
              try {
                context.checkForInterrupts();
              } catch (Exception e) {
                throw new IllegalStateException("a worker's catch-all swallowed it", e);
              }
            });
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.cause()).contains("due to administrator command");
  }

  @Test
  void cancelThrowsOnceAndIsStatusOneIfNobodyCatchesIt_L6() {
    ExitStatus status =
        live(
            (context, life) -> {
              life.signal(WorkerSignal.INT);
              assertThatThrownBy(context::checkForInterrupts).isInstanceOf(WorkerCancelled.class);
              assertThatCode(context::checkForInterrupts).doesNotThrowAnyException();
              life.signal(WorkerSignal.INT);
              context.checkForInterrupts();
            });
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.cause()).contains("canceling statement due to user request");
  }

  @Test
  void terminationBeatsACancelAndClearsIt_L5() {
    live(
        (context, life) -> {
          life.signal(WorkerSignal.INT);
          life.signal(WorkerSignal.TERM);
          for (int i = 0; i < 2; i++) {
            assertThatThrownBy(context::checkForInterrupts).isInstanceOf(WorkerTerminated.class);
          }
        });
  }

  @Test
  void reloadIsAdoptedAtTheNextCheckWithoutAWakeUp_L3_G10_T22() {
    live(
        (context, life) -> {
          assertThat(context.settings().version()).isEqualTo(1);
          lives.settings = SettingsSnapshot.of(2, Map.of());
          life.signal(WorkerSignal.HUP);
          assertThat(context.latch().await(Duration.ZERO)).isFalse();
          assertThat(context.settings().version()).isEqualTo(1);
          context.checkForInterrupts();
          assertThat(context.settings().version()).isEqualTo(2);
        });
  }

  @Test
  void workerWithAReloadHookIsWokenAndItRunsAtTheCheckWithTheNewSettings_L3_T22() {
    List<Long> seen = new ArrayList<>();
    live(
        (context, life) -> {
          context.onReload(() -> seen.add(context.settings().version()));
          lives.settings = SettingsSnapshot.of(2, Map.of());
          life.signal(WorkerSignal.HUP);
          assertThat(context.latch().await(Duration.ZERO)).isTrue();
          assertThat(seen).isEmpty();
          context.checkForInterrupts();
          context.checkForInterrupts();
        });
    assertThat(seen).containsExactly(2L);
  }

  @Test
  void severalReloadsAreOneAndTheNewestCounts_L3_L4() {
    List<Long> seen = new ArrayList<>();
    live(
        (context, life) -> {
          context.onReload(() -> seen.add(context.settings().version()));
          for (int version = 2; version <= 5; version++) {
            lives.settings = SettingsSnapshot.of(version, Map.of());
            life.signal(WorkerSignal.HUP);
          }
          context.checkForInterrupts();
        });
    assertThat(seen).containsExactly(5L);
  }

  @Test
  void notificationsWakeAndNoneIsLost_N1_N5_N6() {
    List<Long> seen = new ArrayList<>();
    live(
        (context, life) -> {
          life.notification(event(1));
          life.notification(event(2));
          context.onNotify(event -> seen.add(event.seq()));
          assertThat(context.latch().await(Duration.ZERO)).isTrue();
          assertThat(seen).isEmpty();
          context.checkForInterrupts();
          life.notification(event(3));
          context.checkForInterrupts();
        });
    assertThat(seen).containsExactly(1L, 2L, 3L);
  }

  @Test
  void plainUsr1WakesAndRunsNothingWithoutAnEvent_L1() {
    List<Long> seen = new ArrayList<>();
    live(
        (context, life) -> {
          context.onNotify(event -> seen.add(event.seq()));
          life.signal(WorkerSignal.USR1);
          context.checkForInterrupts();
        });
    assertThat(seen).isEmpty();
  }

  @Test
  void terminateHookRunsAtOnceAndOnlyOnce() {
    List<String> ran = new ArrayList<>();
    live(
        (context, life) -> {
          context.onTerminate(() -> ran.add("replaced"));
          context.onTerminate(() -> ran.add("hook"));
          life.signal(WorkerSignal.TERM);
          life.signal(WorkerSignal.TERM);
          assertThat(ran).containsExactly("hook");
          context.onTerminate(() -> ran.add("late"));
        });
    assertThat(ran).containsExactly("hook", "late");
  }

  @Test
  void checksDoNothingWithinABlockAndActAfterIt_L2() {
    List<String> done = new ArrayList<>();
    ExitStatus status =
        live(
            (context, life) -> {
              try (InterruptBlock outer = context.blockInterrupts()) {
                life.signal(WorkerSignal.TERM);
                try (InterruptBlock inner = context.blockInterrupts()) {
                  context.checkForInterrupts();
                }
                context.checkForInterrupts();
                done.add("what must be finished");
              }
              context.checkForInterrupts();
              done.add("never");
            });
    assertThat(done).containsExactly("what must be finished");
    assertThat(status.code()).isEqualTo(1);
  }

  @Test
  void interruptIsHeldBackUntilTheOutermostBlockEnds_L2() {
    live(
        (context, life) -> {
          InterruptBlock outer = context.blockInterrupts();
          InterruptBlock inner = context.blockInterrupts();
          life.interrupt();
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
          inner.close();
          inner.close();
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
          outer.close();
          assertThat(Thread.interrupted()).isTrue();
        });
  }

  @Test
  void interruptJustBeforeABlockIsHeldBackToo_L2() {
    live(
        (context, life) -> {
          life.interrupt();
          try (InterruptBlock block = context.blockInterrupts()) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          }
          assertThat(Thread.interrupted()).isTrue();
        });
  }

  @Test
  void blockEndsWithTheTimeOfTheOneWhoIsAbandoned_L2_F7() {
    live(
        (context, life) -> {
          try (InterruptBlock block = context.blockInterrupts()) {
            life.abandon();
            assertThat(Thread.interrupted()).isTrue();
          }
        });
  }
}
