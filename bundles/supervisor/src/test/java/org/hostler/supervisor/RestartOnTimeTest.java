// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hostler.supervisor.ManualSupervisor.worker;
import static org.hostler.worker.RestartPolicy.after;
import static org.hostler.worker.RestartPolicy.backoff;

import java.time.Duration;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

/** Restarts, parking and loading, on virtual time. */
class RestartOnTimeTest {
  private final ManualSupervisor host = new ManualSupervisor();

  @Test
  void failedWorkerIsRestartedAfterItsInterval_X3_X7() {
    WorkerId id = host.running(worker("w").restart(after(ofSeconds(5))));
    host.life(id).fail();
    host.tick(ofMillis(4_999));
    assertThat(host.launches()).isEmpty();
    host.tick(ofMillis(1));
    assertThat(host.launches()).containsExactly("w");
  }

  @Test
  void handleSeesStartedStoppedAndStartedAgainInANewLife_T1_X9_H2() {
    WorkerHandle handle = host.register(worker("w").restart(after(ofSeconds(5))));
    WorkerId first = handle.id();
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    host.life(first).fail();
    assertThat(handle.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(handle.pid()).isEmpty();
    host.tick(ofSeconds(5).minusNanos(1));
    assertThat(handle.status()).isEqualTo(HandleStatus.STOPPED);
    host.tick(ofNanos(1));
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    assertThat(handle.id().sameWorker(first)).isTrue();
    assertThat(handle.id().incarnation()).isEqualTo(2);
  }

  @Test
  void returnedWorkerIsGoneForEver_X2_T2() {
    WorkerHandle handle = host.register(worker("w").restart(after(ofSeconds(5))));
    host.life(handle.id()).exit(ExitStatus.done());
    assertThat(host.supervisor.table.used()).isZero();
    host.launches();
    host.tick(ofDays(1));
    assertThat(handle.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(host.launches()).isEmpty();
  }

  @Test
  void workerThatNeverRestartsIsGoneWithOneExit_X3_T3() {
    WorkerId id = host.running(worker("w").restart(RestartPolicy.never()));
    host.life(id).fail();
    assertThat(host.slot(id)).isNull();
    assertThat(host.told(id))
        .containsExactly(Kind.REGISTERED, Kind.STARTED, Kind.EXITED, Kind.UNREGISTERED);
  }

  @Test
  void intervalZeroRestartsAtOnceEveryTime_R7_T19() {
    WorkerId id = host.running(worker("w").restart(after(Duration.ZERO)));
    for (int life = 1; life <= 50; life++) {
      assertThat(host.slot(id).incarnation()).isEqualTo(life);
      host.life(id).fail();
    }
    assertThat(host.now()).isZero();
  }

  @Test
  void longestIntervalIsExact_R7() {
    WorkerId id = host.running(worker("w").restart(after(RestartPolicy.LONGEST)));
    host.life(id).fail();
    host.tick(RestartPolicy.LONGEST.minusNanos(1));
    assertThat(host.launches()).isEmpty();
    host.tick(ofNanos(1));
    assertThat(host.launches()).containsExactly("w");
  }

  @Test
  void wallClockThatJumpsMovesNoRestart_X7_F39() {
    WorkerId id = host.running(worker("w").restart(after(ofSeconds(5))));
    host.life(id).fail();
    host.wallOffset -= ofHours(1).toMillis();
    host.tick(ofMillis(4_999));
    host.wallOffset += ofDays(2).toMillis();
    assertThat(host.launches()).isEmpty();
    host.tick(ofMillis(1));
    assertThat(host.launches()).containsExactly("w");
  }

  @Test
  void workersComeBackInTheOrderInWhichTheyAreDue() {
    for (int seconds : new int[] {30, 10, 20, 10}) {
      WorkerId id = host.running(worker("w" + seconds).restart(after(ofSeconds(seconds))));
      host.life(id).fail();
    }
    host.tick(ofSeconds(60));
    assertThat(host.launches()).containsExactly("w10", "w10", "w20", "w30");
  }

  @Test
  void backoffGrowsFromLifeToLife() {
    WorkerId id = host.running(worker("w").restart(backoff(ofSeconds(1), ofSeconds(4))));
    for (int seconds : new int[] {1, 2, 4, 4}) {
      host.life(id).fail();
      host.tick(ofSeconds(seconds).minusNanos(1));
      assertThat(host.launches()).isEmpty();
      host.tick(ofNanos(1));
      assertThat(host.launches()).hasSize(1);
    }
  }

  @Test
  void limitParksAndThePersonMayAlwaysRestart() {
    WorkerId id = host.running(worker("w").restart(after(ofSeconds(1)).limit(2, ofSeconds(60))));
    for (int i = 0; i < 2; i++) {
      host.life(id).fail();
      host.tick(ofSeconds(1));
    }
    host.life(id).fail();
    assertThat(host.state(id)).isEqualTo(WorkerState.PARKED);
    assertThat(host.slot(id).reason().code()).isEqualTo(Code.LIMIT_REACHED);
    host.tick(ofDays(365));
    assertThat(host.launches()).hasSize(2);
    host.deliver(id, new Event.Restart());
    assertThat(host.state(id)).isEqualTo(WorkerState.RUNNING);
    host.life(id).fail();
    assertThat(host.state(id)).isEqualTo(WorkerState.BACKOFF);
  }

  @Test
  void workerAskedToRestartTwiceInAFullQueueStillKeepsItsInterval_X7() {
    ManualSupervisor preloading = new ManualSupervisor(1_000);
    preloading.launcher.onLaunch = life -> life.fail();
    preloading.registerStatic(worker("first").restart(after(ofSeconds(60)))).orThrow();
    for (int i = 0; i < 300; i++) {
      preloading.registerStatic(worker("w").restart(after(ofSeconds(60)))).orThrow();
    }
    preloading.supervisor.perform(
        Inbox.Kind.REQUEST,
        () -> {
          preloading.supervisor.seal();
          WorkerSlot first = preloading.supervisor.table.slot(0);
          preloading.supervisor.phase(Phase.RUN);
          preloading.supervisor.apply(first, new Event.Restart(), new Moment(0, 0));
        });
    assertThat(preloading.launches()).hasSize(301).containsOnlyOnce("first");
  }

  @Test
  void lifeThatCannotBeLaunchedIsAnExit1ThatEverybodyIsTold_S5_N7() {
    host.launcher.onLaunch =
        life -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    WorkerHandle handle = host.register(worker("w").restart(after(ofSeconds(5))));
    assertThat(handle.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(host.told(handle.id())).containsExactly(Kind.REGISTERED, Kind.EXITED, Kind.BACKOFF);
    assertThat(handle.stat().orElseThrow().lastExit().orElseThrow().cause())
        .contains("unable to create native thread");
    host.launcher.onLaunch = life -> life.listener.started();
    host.tick(ofSeconds(5));
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    assertThat(host.failures).isEmpty();
  }

  @Test
  void whatIsMissingIsTriedAgainByTheIntervalAndToldOnce_S8_S9_F28() {
    host.missing.add("org.acme.jobs");
    WorkerHandle handle = host.register(worker("w").restart(after(ofSeconds(5))));
    host.tick(ofHours(1));
    assertThat(host.told(handle.id())).containsExactly(Kind.REGISTERED, Kind.EXITED, Kind.PARKED);
    host.missing.clear();
    host.tick(ofSeconds(5));
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    assertThat(handle.id().incarnation()).isEqualTo(1);
  }

  @Test
  void parkedWorkerIsLaunchedWhenItsCauseGoesNotAtItsInterval_S9() {
    host.missing.add("org.acme.jobs");
    WorkerHandle handle = host.register(worker("w").restart(after(ofHours(1))));
    host.missing.clear();
    host.deliver(handle.id(), new Event.CauseGone());
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    assertThat(host.now()).isZero();
  }

  @Test
  void libraryIsLookedForOnceAndTheWorkerWaitsMeanwhile_S8_R10() {
    host.loadable.add("org.acme.jobs");
    WorkerHandle handle = host.register(worker("w").restart(RestartPolicy.never()));
    assertThat(host.loads).hasSize(1);
    assertThat(handle.status()).isEqualTo(HandleStatus.NOT_YET_STARTED);
    assertThat(host.slot(handle.id()).reason().code()).isEqualTo(Code.LOADING);
    host.deliver(handle.id(), new Event.LibrarySought());
    assertThat(host.loads).hasSize(1);
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
  }

  @Test
  void drainedWorkerComesBackWithItsSlotWhateverItsPolicy_X17_X2() {
    WorkerId id = host.running(worker("w").restart(RestartPolicy.never()));
    host.missing.add("org.acme.jobs");
    host.deliver(id, new Event.Drain(Slots.STOPPED));
    host.life(id).exit(ExitStatus.done());
    assertThat(host.state(id)).isEqualTo(WorkerState.PARKED);
    host.tick(ofDays(1));
    assertThat(host.launches()).isEmpty();
    host.missing.clear();
    host.deliver(id, new Event.CauseGone());
    assertThat(host.slot(id).incarnation()).isEqualTo(2);
    assertThat(host.state(id)).isEqualTo(WorkerState.RUNNING);
  }
}
