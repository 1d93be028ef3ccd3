// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.InterruptBlock;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerExit;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One life from its beginning to its end, lived on the test's own thread. */
class WorkerLifeTest {
  private final Lives lives = new Lives();

  @Test
  void returnFromMainIsStatusZero_X1() {
    assertThat(lives.live(context -> {})).isEqualTo(ExitStatus.done());
    assertThat(lives.told).containsExactly("started", "exited");
  }

  static Stream<Throwable> throwables() {
    return Stream.of(
        new Exception("checked"),
        new IllegalStateException("unchecked"),
        new InterruptedException("interrupted"),
        new OutOfMemoryError("Java heap space"),
        new StackOverflowError("deep"),
        new NoClassDefFoundError("org/acme/Missing"),
        new ExceptionInInitializerError("static"),
        new AssertionError("wrong"));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void anyThrowableIsStatusOneWithItsCause_X3_X4_F1_F2(Throwable thrown) {
    ExitStatus status = lives.live(context -> Sneaky.raise(thrown));
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.cause()).isEqualTo(thrown.toString());
    assertThat(status.stackTrace()).contains(thrown.getClass().getName());
    assertThat(lives.told).containsExactly("started", "exited");
  }

  /** Throws what may be thrown only unchecked or declared. */
  private static final class Sneaky {
    @SuppressWarnings("unchecked")
    static <T extends Throwable> void raise(Throwable thrown) throws T {
      throw (T) thrown;
    }
  }

  @Test
  void throwableThatCannotEvenBeShownIsStatusOne_X4_F2() {
    @SuppressWarnings("serial")
    class Hostile extends RuntimeException {
      @Override
      public String getMessage() {
        throw new IllegalStateException("not even this");
      }
    }
    ExitStatus status =
        lives.live(
            context -> {
              throw new Hostile();
            });
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.cause()).contains("Hostile");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 255})
  void workerMayChooseItsStatus_X2_X3_X5_F3(int code) {
    ExitStatus status =
        lives.live(
            context -> {
              throw WorkerExit.with(code);
            });
    assertThat(status).isEqualTo(ExitStatus.of(code));
  }

  @Test
  void functionThatCannotBeHadIsStatusOneAndMainWasNotEntered_S8_F1() {
    WorkerLife life = lives.life(null); // a service factory that gives no object
    life.run();
    assertThat(lives.exit.cause()).contains("its service gave no object");
    assertThat(lives.told).containsExactly("exited");
  }

  @Test
  void lifeAskedToEndBeforeItBeganNeverEntersItsMain_S11_T9() {
    List<String> entered = new ArrayList<>();
    WorkerLife life = lives.life(context -> entered.add("main"));
    life.signal(WorkerSignal.TERM);
    life.run();
    assertThat(entered).isEmpty();
    assertThat(lives.told).containsExactly("exited");
    assertThat(lives.exit.code()).isEqualTo(1);
  }

  @Test
  void everythingIsSetUpBeforeMainIsEnteredAndTakenAwayAfterwards_S7() {
    URLClassLoader bundle = new URLClassLoader(new URL[0]);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    lives.loader = bundle;
    List<Object> seen = new ArrayList<>();
    WorkerLife life =
        lives.life(
            context -> {
              seen.add(Thread.currentThread().getContextClassLoader());
              seen.add(WorkerLife.current());
              seen.add(context.id());
              seen.add(context.entry().name());
              seen.add(lives.told.contains("started"));
            });
    life.run();
    assertThat(seen).containsExactly(bundle, life, Lives.ID, "w", true);
    assertThat(WorkerLife.current()).isNull();
    assertThat(life.thread()).isNull();
    assertThat(life.threadId()).isEmpty();
    assertThat(life.stack()).isEmpty();
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void readyAndStatusAreTold_S10_V4() {
    WorkerLife[] life = new WorkerLife[1];
    List<String> texts = new ArrayList<>();
    life[0] =
        lives.life(
            context -> {
              context.ready();
              context.status("counting");
              texts.add(life[0].statusText());
              life[0].waiting(() -> "somebody");
              texts.add(life[0].statusText());
              life[0].waiting(null);
              context.status("x".repeat(2_000));
              texts.add(life[0].statusText());
            });
    life[0].run();
    assertThat(texts).containsExactly("counting", "waits for somebody", "x".repeat(1_000));
    assertThat(lives.told).containsExactly("started", "ready", "exited");
  }

  @Test
  void exitHooksRunLastFirstEachOnceAndWhatOneThrowsKeepsNone_X13() {
    List<String> ran = new ArrayList<>();
    WorkerMain main =
        context -> {
          context.onExit(status -> ran.add("first " + status));
          context.onExit(
              status -> {
                ran.add("second");
                throw new StackOverflowError();
              });
          context.onExit(
              status -> {
                ran.add("third");
                context.onExit(late -> ran.add("added while leaving"));
              });
        };
    assertThat(lives.live(main)).isEqualTo(ExitStatus.done());
    assertThat(ran).containsExactly("third", "added while leaving", "second", "first status 0");
    assertThat(lives.told).containsExactly("started", "exited");
  }

  @Test
  void interruptsAreOffWhileALifeEnds_X14() {
    List<Object> seen = new ArrayList<>();
    WorkerLife[] life = new WorkerLife[1];
    life[0] =
        lives.life(
            context -> {
              context.onExit(
                  status -> {
                    life[0].signal(WorkerSignal.TERM);
                    life[0].signal(WorkerSignal.INT);
                    life[0].interrupt();
                    context.checkForInterrupts();
                    seen.add(Thread.currentThread().isInterrupted());
                    seen.add(status.code());
                  });
              life[0].interrupt();
              throw new IllegalStateException("leaving");
            });
    life[0].run();
    assertThat(seen).containsExactly(false, 1);
    Thread.interrupted();
  }

  @Test
  void abandonedLifeRunsNoHooksAndReachesNothingAnyMore_F7() {
    List<String> ran = new ArrayList<>();
    WorkerLife[] life = new WorkerLife[1];
    life[0] =
        lives.life(
            context -> {
              context.onExit(status -> ran.add("hook"));
              life[0].abandon();
              assertThat(Thread.interrupted()).isTrue();
              assertThatThrownBy(context::database)
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessage("background worker \"w\" (3:17): this life is over");
            });
    life[0].run();
    assertThat(lives.exit).isEqualTo(ExitStatus.done());
    assertThat(ran).isEmpty();
  }

  @Test
  void doorThatNobodyOffersIsSaidSo() {
    List<Throwable> thrown = new ArrayList<>();
    lives.live(
        context -> {
          thrown.add(catching(context::database));
          thrown.add(catching(context::sharedMemory));
        });
    assertThat(thrown.get(0))
        .hasMessage("background worker \"w\" (3:17): no bundle of this host offers databases");
    assertThat(thrown.get(1)).hasMessageContaining("offers shared memory segments");
  }

  private static Throwable catching(Runnable work) {
    try {
      work.run();
      return new AssertionError("it did not throw");
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Test
  void lifeEndsAlsoWhenADoorCannotBeClosed_X6() {
    FakeDoors doors = new FakeDoors();
    lives.database = doors;
    lives.sharedMemory = doors;
    lives.live(
        context -> {
          context.database();
          context.sharedMemory();
        });
    assertThat(lives.told).containsExactly("started", "exited");
    assertThat(lives.exit).isEqualTo(ExitStatus.done()); // how it ended stays what it was
    assertThat(doors.closed).containsExactly("database", "shared memory");
  }

  @Test
  void doorOfALifeIsOpenedOnceAndItsStatementCancelledByTheLadder() {
    FakeDoors doors = new FakeDoors();
    lives.database = doors;
    WorkerLife[] life = new WorkerLife[1];
    life[0] =
        lives.life(
            context -> {
              context.database();
              context.database();
              life[0].interrupt();
              Thread.interrupted();
            });
    life[0].run();
    assertThat(doors.opened).hasSize(1).containsOnly((WorkerContext) life[0]);
    assertThat(doors.cancelled).isEqualTo(1);
  }

  @Test
  void firstRungCancelsTheStatementAndTheNextInterruptsTheThread() {
    FakeDoors doors = new FakeDoors();
    doors.running = 1;
    lives.database = doors;
    List<Boolean> interrupted = new ArrayList<>();
    WorkerLife[] life = new WorkerLife[1];
    life[0] =
        lives.life(
            context -> {
              context.database();
              for (int rung = 0; rung < 2; rung++) {
                life[0].interrupt();
                interrupted.add(Thread.interrupted());
              }
            });
    life[0].run();
    assertThat(interrupted).containsExactly(false, true);
  }

  @ParameterizedTest
  @EnumSource
  void requestToEndAndToCancelReachARunningStatementAtOnce_L6(WorkerSignal signal) {
    FakeDoors doors = new FakeDoors();
    lives.database = doors;
    WorkerLife[] life = new WorkerLife[1];
    life[0] =
        lives.life(
            context -> {
              context.database();
              life[0].signal(signal);
            });
    life[0].run();
    boolean reaches = signal == WorkerSignal.TERM || signal == WorkerSignal.INT;
    assertThat(doors.cancelled).isEqualTo(reaches ? 1 : 0);
  }

  @Test
  void cancelThatReachedAStatementIsNotThrownASecondTime_L6() {
    FakeDoors doors = new FakeDoors();
    doors.running = 1;
    lives.database = doors;
    WorkerLife[] life = new WorkerLife[1];
    life[0] =
        lives.life(
            context -> {
              context.database();
              life[0].signal(WorkerSignal.INT);
              context.checkForInterrupts();
              life[0].signal(WorkerSignal.INT);
              context.checkForInterrupts();
              lives.told.add("went on");
            });
    life[0].run();
    assertThat(lives.told).containsExactly("started", "exited");
    assertThat(lives.exit.cause()).contains("canceling statement due to user request");
  }

  @Test
  void cancelIsHeldBackWhileInterruptsAreBlocked_L2() {
    FakeDoors doors = new FakeDoors();
    doors.running = 1;
    lives.database = doors;
    WorkerLife[] life = new WorkerLife[1];
    life[0] =
        lives.life(
            context -> {
              context.database();
              try (InterruptBlock block = context.blockInterrupts()) {
                assertThat(block).isNotNull();
                life[0].signal(WorkerSignal.TERM);
                life[0].interrupt();
                assertThat(doors.cancelled).isZero();
              }
              assertThat(Thread.interrupted()).isTrue(); // what was held back comes now
            });
    life[0].run();
    assertThat(lives.exit).isEqualTo(ExitStatus.done());
  }

  @Test
  void doorsSayWhatDatabasesHadToDoWithAFailureBeforeTheyAreClosed_X16() {
    FakeDoors doors = new FakeDoors();
    Ending ending = new Ending("select 1", "connection refused");
    doors.ending =
        () -> {
          assertThat(doors.closed).isEmpty();
          return ending;
        };
    lives.database = doors;
    ExitStatus failed =
        lives.live(
            context -> {
              context.database();
              throw new IllegalStateException("it failed");
            });
    assertThat(doors.endings).containsExactly(failed);
    assertThat(lives.ending).isEqualTo(ending);
  }

  @Test
  void doorsAreNotAskedOfAnEndThatWasWanted_X2() {
    FakeDoors doors = new FakeDoors();
    lives.database = doors;
    lives.live(WorkerContext::database);
    WorkerLife[] life = new WorkerLife[1];
    life[0] =
        lives.life(
            context -> {
              context.database();
              life[0].signal(WorkerSignal.TERM);
              context.checkForInterrupts();
            });
    life[0].run();
    assertThat(lives.exit.code()).isEqualTo(1);
    assertThat(doors.endings).isEmpty();
  }

  @Test
  void doorThatFailsToSayChangesNothingOfTheEnd_X4() {
    FakeDoors doors = new FakeDoors();
    doors.ending =
        () -> {
          throw new IllegalStateException("broken pipe");
        };
    lives.database = doors;
    ExitStatus exit =
        lives.live(
            context -> {
              context.database();
              throw new IllegalStateException("it failed");
            });
    assertThat(exit.cause()).isEqualTo("java.lang.IllegalStateException: it failed");
    assertThat(lives.ending).isEqualTo(Ending.NONE);
    assertThat(doors.closed).containsExactly("database");
  }
}
