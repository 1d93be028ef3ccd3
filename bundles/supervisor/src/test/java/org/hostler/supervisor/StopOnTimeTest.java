// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hostler.supervisor.ManualSupervisor.worker;
import static org.hostler.worker.RestartPolicy.after;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.StartTime;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

/** Stopping workers and the host, and the phases that gate their start, on virtual time. */
class StopOnTimeTest {
  private final ManualSupervisor host = new ManualSupervisor();

  // ---- one worker

  @Test
  void workerTerminatedTwiceGetsOneRequest_X10_T6() {
    WorkerId id = host.running(worker("w"));
    FakeLauncher.Life life = host.life(id);
    WorkerHandle handle = host.handles.handle(id.slot(), id.generation());
    handle.terminate();
    handle.terminate();
    assertThat(life.signals).containsExactly(WorkerSignal.TERM);
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    life.fail();
    assertThat(handle.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(host.supervisor.table.used()).isZero();
    handle.terminate();
    assertThat(life.signals).hasSize(1);
  }

  @Test
  void workerTerminatedBeforeItsStartNeverRuns_S11_T9_O3() throws InterruptedException {
    ManualSupervisor early = new ManualSupervisor(10);
    early.seal();
    WorkerHandle handle = early.register(worker("w"));
    assertThat(handle.status()).isEqualTo(HandleStatus.NOT_YET_STARTED);
    handle.terminate();
    assertThat(handle.awaitStartup(Duration.ZERO)).isEqualTo(HandleStatus.STOPPED);
    early.phase(Phase.RUN);
    early.tick(ofDays(1));
    assertThat(early.launches()).isEmpty();
    assertThat(early.told(new WorkerId(0, 1, 0)))
        .containsExactly(Kind.REGISTERED, Kind.UNREGISTERED);
  }

  @Test
  void workerInBackoffThatIsTerminatedIsGoneAtOnce_S11() {
    WorkerId id = host.running(worker("w").restart(after(ofSeconds(60))));
    host.life(id).fail();
    host.deliver(id, new Event.Terminate());
    assertThat(host.supervisor.table.used()).isZero();
    host.tick(ofDays(1));
    assertThat(host.launches()).isEmpty();
  }

  @Test
  void stubbornWorkerIsInterruptedThenAbandonedAndHoldsItsSlot_F7_O6() {
    WorkerId id = host.running(worker("w"));
    FakeLauncher.Life life = host.life(id);
    host.deliver(id, new Event.Terminate());
    host.tick(ofMillis(999));
    assertThat(life.interrupts).isZero();
    host.tick(ofMillis(1));
    assertThat(life.interrupts).isEqualTo(1);
    host.tick(ofSeconds(9));
    assertThat(host.state(id)).isEqualTo(WorkerState.ABANDONED);
    assertThat(life.abandoned).isTrue();
    assertThat(host.supervisor.table.used()).isEqualTo(1);
    host.tick(ofDays(1));
    assertThat(life.interrupts).isEqualTo(10);
    life.fail();
    assertThat(host.supervisor.table.used()).isZero();
  }

  @Test
  void signalledWorkerIsRestartedByItsPolicyInANewLife_X11_V8() {
    WorkerId id = host.running(worker("w").restart(after(ofSeconds(5))));
    FakeLauncher.Life life = host.life(id);
    host.deliver(id, new Event.Signal(WorkerSignal.TERM));
    life.fail();
    host.tick(ofSeconds(5));
    assertThat(host.slot(id).incarnation()).isEqualTo(2);
  }

  @Test
  void restartSkipsTheDelayWhateverThePolicy() {
    WorkerId id = host.running(worker("w").restart(RestartPolicy.never()));
    host.deliver(id, new Event.Restart());
    host.life(id).exit(ExitStatus.done());
    assertThat(host.slot(id).incarnation()).isEqualTo(2);
    WorkerId slow = host.running(worker("slow").restart(after(ofDays(1))));
    host.life(slow).fail();
    host.deliver(slow, new Event.Restart());
    assertThat(host.state(slow)).isEqualTo(WorkerState.RUNNING);
  }

  // ---- the host

  @Test
  void allAreAskedAtOnceInReverseStartOrder_O3_O7() {
    List<String> asked = new ArrayList<>();
    host.launcher.onTerm = life -> asked.add(life.worker.name());
    for (String name : new String[] {"a", "b", "c"}) {
      host.running(worker(name));
      host.tick(ofSeconds(1));
    }
    WorkerId a = host.handles.find("a").get(0).id();
    host.deliver(a, new Event.Restart());
    host.life(a).fail();
    asked.clear();
    host.stop();
    assertThat(asked).containsExactly("a", "c", "b");
    assertThat(host.now()).isEqualTo(ofSeconds(3).toNanos());
  }

  @Test
  void stopFreesWhatHasNotStartedAndWakesItsWaiter_O3_O4_T10() throws InterruptedException {
    ManualSupervisor early = new ManualSupervisor(10);
    early.seal();
    WorkerHandle waiting = early.register(worker("waiting"));
    List<HandleStatus> woken = new ArrayList<>();
    waiting.started().thenAccept(woken::add);
    early.stop();
    assertThat(woken).containsExactly(HandleStatus.STOPPED);
    assertThat(waiting.awaitStartup(Duration.ZERO)).isEqualTo(HandleStatus.STOPPED);
    assertThat(early.supervisor.table.used()).isZero();
    assertThat(early.launches()).isEmpty();
  }

  @Test
  void registrationAfterTheStopBeganIsRefusedAtTheCall_O5_T11() {
    host.stop();
    RegistrationRefused refused =
        catchThrowableOfType(RegistrationRefused.class, () -> host.register(worker("w")));
    assertThat(refused.reason()).isEqualTo(Reason.STOPPING);
    assertThat(host.launches()).isEmpty();
  }

  @Test
  void nobodyIsRestartedOnceTheHostStops_X18_O10() {
    WorkerId id = host.running(worker("w").restart(after(Duration.ZERO)));
    WorkerId waiting = host.running(worker("waiting").restart(after(ofSeconds(1))));
    host.life(waiting).fail();
    FakeLauncher.Life life = host.life(id);
    host.stop();
    host.deliver(id, new Event.Restart());
    life.fail();
    host.tick(ofDays(1));
    assertThat(host.launches()).isEmpty();
    assertThat(host.supervisor.table.used()).isZero();
  }

  @Test
  void oneDeadlineHoldsForAllWhenTheHostStops_O6() {
    for (int i = 0; i < 10; i++) {
      host.running(worker("w" + i));
    }
    host.stop();
    host.tick(Slots.STOP_TIMEOUT.minusNanos(1));
    assertThat(host.supervisor.table.count(WorkerState.STOPPING)).isEqualTo(10);
    host.tick(Duration.ofNanos(1));
    assertThat(host.supervisor.table.count(WorkerState.ABANDONED)).isEqualTo(10);
  }

  @Test
  void crashMayEndTheHost_C10_G12() {
    WorkerId id = host.running(worker("w").restart(after(ofSeconds(1))));
    host.life(id).exit(ExitStatus.of(2));
    assertThat(host.hostEnds).isEmpty();
    host.tick(ofSeconds(1));
    host.restartAfterCrash(false);
    host.life(id).exit(ExitStatus.of(3));
    assertThat(host.hostEnds).containsExactly(ExitStatus.of(3));
  }

  // ---- phases

  @Test
  void phaseDecidesWhichStartTimesAreServed_S1() {
    ManualSupervisor early = new ManualSupervisor(10);
    for (StartTime start : StartTime.values()) {
      early.registerStatic(worker(start.name()).startTime(start)).orThrow();
    }
    early.seal();
    assertThat(early.launches()).containsExactly("HOST_START");
    early.phase(Phase.RECOVERY);
    assertThat(early.launches()).isEmpty();
    early.phase(Phase.HOT_STANDBY);
    assertThat(early.launches()).containsExactly("CONSISTENT_STATE");
    early.phase(Phase.RUN);
    assertThat(early.launches()).containsExactly("RECOVERY_FINISHED");
  }

  @Test
  void workerWaitsForItsPhaseWithAReasonAndStartsWhenItComes_S3_T8() throws InterruptedException {
    ManualSupervisor standby = new ManualSupervisor(10);
    standby.seal();
    standby.phase(Phase.HOT_STANDBY);
    WorkerHandle handle = standby.register(worker("w"));
    standby.tick(ofDays(30));
    assertThat(handle.awaitStartup(Duration.ZERO)).isEqualTo(HandleStatus.NOT_YET_STARTED);
    WorkerSlot slot = standby.slot(handle.id());
    assertThat(slot.state()).isEqualTo(WorkerState.PENDING);
    assertThat(slot.reason().code()).isEqualTo(Code.PHASE);
    assertThat(slot.reason().words())
        .isEqualTo("start time is recovery_finished, the host is in state hot_standby");
    standby.phase(Phase.RUN);
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
  }

  @Test
  void phaseStopsNobodyAndGatesRestarts_S2() {
    WorkerId id = host.running(worker("w").restart(after(ofSeconds(5))));
    host.phase(Phase.HOT_STANDBY);
    assertThat(host.state(id)).isEqualTo(WorkerState.RUNNING);
    assertThat(host.life(id).signals).isEmpty();
    host.life(id).fail();
    host.tick(ofSeconds(5));
    assertThat(host.launches()).isEmpty();
    host.phase(Phase.RUN);
    assertThat(host.launches()).containsExactly("w");
  }
}
