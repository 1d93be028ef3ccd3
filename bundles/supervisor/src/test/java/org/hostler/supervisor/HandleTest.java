// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hostler.supervisor.ManualSupervisor.worker;
import static org.hostler.worker.RestartPolicy.after;

import java.util.ArrayList;
import java.util.List;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

/** What a handle answers, on virtual time; waits that really wait are {@link HandleWaitTest}'s. */
class HandleTest {
  private final ManualSupervisor host = new ManualSupervisor();

  @Test
  void statusIsNotYetStartedUntilMainIsEnteredThenStarted_H1_H2_S10() {
    host.launcher.onLaunch = life -> {};
    WorkerHandle handle = host.register(worker("w"));
    assertThat(host.state(handle.id())).isEqualTo(WorkerState.STARTING);
    assertThat(handle.status()).isEqualTo(HandleStatus.NOT_YET_STARTED);
    assertThat(handle.pid()).isEmpty();
    host.life(handle.id()).listener.started();
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    assertThat(handle.pid()).hasValue(1);
  }

  @Test
  void readyIsNotStarted_S10() throws InterruptedException {
    WorkerHandle handle = host.register(worker("w"));
    assertThat(handle.awaitStartup(ZERO)).isEqualTo(HandleStatus.STARTED);
    assertThat(handle.awaitReady(ZERO)).isFalse();
    host.life(handle.id()).listener.ready();
    assertThat(handle.awaitReady(ZERO)).isTrue();
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    assertThat(handle.stat().orElseThrow().readyAt()).isPresent();
  }

  @Test
  void stoppedIsExplainedBesideTheStatus_H3_V7() {
    WorkerHandle backoff = host.register(worker("w").restart(after(ofSeconds(5))));
    host.life(backoff.id()).fail();
    assertThat(backoff.status()).isEqualTo(HandleStatus.STOPPED);
    WorkerStat stat = backoff.stat().orElseThrow();
    assertThat(stat.state()).isEqualTo(WorkerState.BACKOFF);
    assertThat(stat.lastExit()).hasValue(ExitStatus.failed("it failed"));
    assertThat(stat.nextStartAt()).hasValue(stat.lastExitAt().orElseThrow().plus(ofSeconds(5)));
    host.missing.add("org.acme.jobs");
    WorkerHandle parked = host.register(worker("p").restart(after(ofSeconds(5))));
    assertThat(parked.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(parked.stat().orElseThrow().reason()).hasValue(Slots.MISSING);
  }

  @Test
  void shutdownIsTheEndOfThisLifeAndGoneOfTheRegistration_H6() throws InterruptedException {
    WorkerHandle handle = host.register(worker("w").restart(after(ofSeconds(5))));
    assertThat(handle.awaitShutdown(ZERO)).isEqualTo(HandleStatus.STARTED);
    host.life(handle.id()).fail();
    assertThat(handle.awaitShutdown(ZERO)).isEqualTo(HandleStatus.STOPPED);
    assertThat(handle.awaitGone(ZERO)).isFalse();
    host.tick(ofSeconds(5));
    host.life(handle.id()).exit(ExitStatus.done());
    assertThat(handle.awaitShutdown(ZERO)).isEqualTo(HandleStatus.STOPPED);
    assertThat(handle.awaitGone(ZERO)).isTrue();
  }

  @Test
  void startupMayFindAWorkerThatHasEndedAlready_H5() throws InterruptedException {
    host.launcher.onLaunch =
        life -> {
          life.listener.started();
          life.exit(ExitStatus.done());
        };
    WorkerHandle handle = host.register(worker("w").restart(RestartPolicy.never()));
    assertThat(handle.awaitStartup(ZERO)).isEqualTo(HandleStatus.STOPPED);
  }

  @Test
  void terminateIsSafeAtAnyTimeAndReturnsAtOnce_H11_H12() {
    WorkerHandle handle = host.register(worker("w"));
    handle.terminate();
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    List<String> told = new ArrayList<>();
    handle.gone().thenRun(() -> told.add("gone"));
    host.life(handle.id()).fail();
    assertThat(told).containsExactly("gone");
    handle.terminate();
    handle.restart();
    assertThat(handle.status()).isEqualTo(HandleStatus.STOPPED);
  }

  @Test
  void futuresOfWhatHasHappenedAreDone() {
    WorkerHandle handle = host.register(worker("w"));
    assertThat(handle.started().toCompletableFuture()).isCompletedWithValue(HandleStatus.STARTED);
    assertThat(handle.gone().toCompletableFuture()).isNotDone();
    host.life(handle.id()).exit(ExitStatus.done());
    assertThat(handle.gone().toCompletableFuture()).isCompleted();
    assertThat(host.supervisor.waiters.size()).isZero();
  }

  @Test
  void waitWhilePreloadingCannotEndAndIsRefused() {
    ManualSupervisor preloading = new ManualSupervisor(10);
    var handle = preloading.registerStatic(worker("w")).orThrow();
    assertThatIllegalStateException()
        .isThrownBy(() -> handle.awaitStartup(ZERO))
        .withMessageContaining("no worker starts before shared_preload_libraries is worked off");
  }

  @Test
  void handleIsAValue() {
    WorkerHandle handle = host.register(worker("w"));
    assertThat(host.handles.find("w")).containsExactly(handle);
    assertThat(host.register(worker("w"))).isNotEqualTo(handle);
    assertThat(handle).hasToString("handle of background worker " + handle.id());
  }
}
