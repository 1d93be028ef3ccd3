// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hostler.supervisor.ManualSupervisor.worker;
import static org.hostler.worker.RestartPolicy.after;

import java.time.Duration;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.Isolation;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.StaticRegistration;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

/** Who gets a slot, which one, and what the refused are told. */
class RegistrationTest {
  private final ManualSupervisor host = new ManualSupervisor();

  private static RegistrationRefused refused(
      ManualSupervisor host, BackgroundWorker.Builder worker) {
    return catchThrowableOfType(RegistrationRefused.class, () -> host.register(worker));
  }

  private static WorkerEvent lastEvent(ManualSupervisor host) {
    return host.supervisor.events.newest(event -> true, 1).get(0);
  }

  @Test
  void lowestFreeSlotIsTaken_R20() {
    for (int i = 0; i < 5; i++) {
      assertThat(host.running(worker("w" + i)).slot()).isEqualTo(i);
    }
    host.life(host.handles.find("w3").get(0).id()).exit(ExitStatus.done());
    host.life(host.handles.find("w1").get(0).id()).exit(ExitStatus.done());
    assertThat(host.running(worker("a")).slot()).isEqualTo(1);
    assertThat(host.running(worker("b")).slot()).isEqualTo(3);
    assertThat(host.running(worker("c")).slot()).isEqualTo(5);
  }

  @Test
  void tableIsFullExactlyAtItsLimit_R15_R21_F16() {
    host.slots(3);
    for (int i = 0; i < 3; i++) {
      host.register(worker("w" + i));
    }
    RegistrationRefused refused = refused(host, worker("w3"));
    assertThat(refused.reason()).isEqualTo(Reason.TABLE_FULL);
    assertThat(refused).hasMessage("background worker \"w3\": too many background workers");
    assertThat(refused.detail()).isEqualTo("3 of 3 slots are used");
    assertThat(refused.hint()).contains("max_worker_processes");
    assertThat(lastEvent(host).kind()).isEqualTo(Kind.REFUSED);
    assertThat(lastEvent(host).id()).isEmpty();
    assertThat(host.supervisor.table.used()).isEqualTo(3);
    host.slots(4);
    assertThat(host.register(worker("w3")).id().slot()).isEqualTo(3);
  }

  @Test
  void noSlotsIsLegal_G1() {
    host.slots(0);
    assertThat(refused(host, worker("w")).detail()).isEqualTo("0 of 0 slots are used");
  }

  @Test
  void workersInBackoffHoldTheirSlots_X9_R20_T4() {
    host.slots(2);
    for (int i = 0; i < 2; i++) {
      host.life(host.running(worker("w" + i).restart(after(ofSeconds(60))))).fail();
    }
    assertThat(host.supervisor.table.count(WorkerState.BACKOFF)).isEqualTo(2);
    assertThat(refused(host, worker("third")).reason()).isEqualTo(Reason.TABLE_FULL);
  }

  @Test
  void slotIsFreeBeforeAnybodyIsTold_X15_T5() throws InterruptedException {
    host.slots(1);
    WorkerHandle first = host.register(worker("first"));
    WorkerHandle[] second = new WorkerHandle[1];
    first.gone().thenRun(() -> second[0] = host.register(worker("second")));
    first.terminate();
    assertThat(second[0]).isNull();
    host.life(first.id()).exit(ExitStatus.failed("asked to"));
    assertThat(first.awaitGone(Duration.ZERO)).isTrue();
    assertThat(second[0].id().slot()).isZero();
    assertThat(second[0].status()).isEqualTo(HandleStatus.STARTED);
  }

  @Test
  void generationNeverComesBackAndOldHandlesHarmNobody_R24_H4_H11_T7_F17() {
    WorkerHandle old = host.register(worker("old"));
    WorkerId first = old.id();
    host.life(first).exit(ExitStatus.done());
    WorkerHandle young = host.register(worker("young"));
    assertThat(young.id().slot()).isEqualTo(first.slot());
    assertThat(young.id().generation()).isGreaterThan(first.generation());
    old.terminate();
    old.restart();
    assertThat(old.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(old.pid()).isEmpty();
    assertThat(old.stat()).isEmpty();
    assertThat(young.status()).isEqualTo(HandleStatus.STARTED);
    assertThat(host.life(young.id()).signals).isEmpty();
    assertThat(host.handles.find(first)).isEmpty();
  }

  @Test
  void everyWorkerHasAHandleAndIsFoundByName_R25() {
    ManualSupervisor preloading = new ManualSupervisor(10);
    preloading.registerStatic(worker("twin")).orThrow();
    preloading.seal();
    preloading.register(worker("twin"));
    assertThat(preloading.handles.find("twin")).hasSize(2);
    assertThat(preloading.handles.find("stranger")).isEmpty();
  }

  @Test
  void capRefusesAlthoughSlotsAreFreeAndAReserveIsKept_R22_G11_T23() {
    host.limits.put("org.acme.jobs", new WorkerLimits(0, 2));
    host.reload();
    WorkerId first = host.running(worker("w1"));
    host.register(worker("w2"));
    RegistrationRefused refused = refused(host, worker("w3"));
    assertThat(refused.reason()).isEqualTo(Reason.QUOTA);
    assertThat(refused.detail())
        .isEqualTo("it has 2 workers, worker_limits.org.acme.jobs allows 2");
    host.life(first).exit(ExitStatus.done());
    assertThat(host.register(worker("w3")).status()).isEqualTo(HandleStatus.STARTED);
  }

  @Test
  void reservedSlotsAreKeptForTheirLibrary_R22() {
    host.limits.put("org.other", new WorkerLimits(2, 5));
    host.slots(3);
    host.register(worker("mine"));
    assertThat(refused(host, worker("more")).detail())
        .isEqualTo("1 of 3 slots are used, 2 are reserved for other libraries");
    host.register(worker("theirs").library("org.other"));
    assertThat(refused(host, worker("more")).detail())
        .isEqualTo("2 of 3 slots are used, 1 are reserved for other libraries");
    host.register(worker("theirs").library("org.other;[1,2)"));
    assertThat(refused(host, worker("theirs").library("org.other")).reason())
        .isEqualTo(Reason.TABLE_FULL);
  }

  @Test
  void dynamicRegistrationIsRefusedWhilePreloading_R18() {
    ManualSupervisor preloading = new ManualSupervisor(10);
    assertThat(refused(preloading, worker("w")).reason()).isEqualTo(Reason.PRELOADING);
    assertThat(lastEvent(preloading).kind()).isEqualTo(Kind.REFUSED);
    preloading.seal();
    assertThat(refused(preloading, worker("w"))).isNull();
  }

  @Test
  void staticWorkersBeyondTheLimitAreRefusedAndTheHostStarts_R11_R15() {
    ManualSupervisor preloading = new ManualSupervisor(1);
    preloading.registerStatic(worker("first")).orThrow();
    StaticRegistration second = preloading.registerStatic(worker("second"));
    assertThat(second)
        .isInstanceOfSatisfying(
            StaticRegistration.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.TABLE_FULL));
    preloading.seal();
    preloading.phase(Phase.RUN);
    assertThat(preloading.launches()).containsExactly("first");
  }

  @Test
  void staticWorkerCannotAskForNotification_R14() {
    ManualSupervisor preloading = new ManualSupervisor(10);
    StaticRegistration refused =
        preloading.registerStatic(worker("w").notify(new WorkerId(0, 1, 1)));
    assertThat(((StaticRegistration.Refused) refused).reason()).isEqualTo(Reason.STATIC_NOTIFY);
    assertThat(preloading.supervisor.table.used()).isZero();
  }

  @Test
  void staticWorkersStartInTheOrderOfTheirRegistration_R17() {
    ManualSupervisor preloading = new ManualSupervisor(10);
    for (String name : new String[] {"a", "b", "c"}) {
      preloading.registerStatic(worker(name)).orThrow();
    }
    preloading.handles.find("b").get(0).restart();
    assertThat(preloading.launches()).as("nobody starts before the seal").isEmpty();
    preloading.seal();
    preloading.phase(Phase.RUN);
    assertThat(preloading.launches()).containsExactly("a", "b", "c");
  }

  @Test
  void whatNoBundleOffersIsRefusedInWords() {
    RegistrationRefused refused = refused(host, worker("w").flag(WorkerFlag.DATABASE_CONNECTION));
    assertThat(refused.reason()).isEqualTo(Reason.NOT_AVAILABLE);
    assertThat(refused).hasMessageContaining("databases are not available in this host");
    assertThat(refused(host, worker("w").isolation(Isolation.PROCESS)).reason())
        .isEqualTo(Reason.NOT_AVAILABLE);
  }
}
