// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.Isolation;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.StaticRegistration;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.junit.Test;

/** Who gets a slot, and who is told why not. */
public class RegistrationInsideFelix extends WorkersFixture {

  private static BackgroundWorker.Builder sleeper(String name) {
    return BackgroundWorker.builder(name)
        .library("hostler")
        .function("sleep")
        .restart(RestartPolicy.never());
  }

  private RegistrationRefused refused(BackgroundWorker worker) {
    return catchThrowableOfType(RegistrationRefused.class, () -> workers.registerDynamic(worker));
  }

  @Test
  public void aDynamicWorkerRunsAHostFunction_R1_S8() throws Exception {
    BackgroundWorkerHandle handle = register(sleeper("sleeper").build());
    assertThat(handle.awaitStartup(SOON)).isEqualTo(HandleStatus.STARTED);
    assertThat(handle.pid()).hasValue(ProcessHandle.current().pid());
  }

  @Test
  public void aFullTableRefusesWithTheNumbers_R15_R21() throws Exception {
    List<BackgroundWorkerHandle> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(register(sleeper("s" + i).build()));
    }
    RegistrationRefused refusal = refused(sleeper("ninth").build());
    assertThat(refusal.reason()).isEqualTo(Reason.TABLE_FULL);
    assertThat(refusal.detail()).contains("8 of 8");
    assertThat(await(event -> event.kind() == Kind.REFUSED).name()).isEqualTo("ninth");
    all.get(3).terminate();
    assertThat(all.get(3).awaitGone(SOON)).isTrue();
    assertThat(register(sleeper("ninth").build()).id().slot()).isEqualTo(all.get(3).id().slot());
  }

  @Test
  public void terminateThenWaitThenRegisterNeverFindsTheTableFull_X15_T5() throws Exception {
    for (int i = 0; i < 7; i++) {
      register(sleeper("s" + i).build());
    }
    for (int i = 0; i < 200; i++) {
      BackgroundWorkerHandle last = register(sleeper("last").build());
      last.terminate();
      assertThat(last.awaitGone(SOON)).isTrue();
    }
  }

  @Test
  public void oneThatWaitsForASlotGetsTheNextFreeOne_R21() throws Exception {
    for (int i = 0; i < 7; i++) {
      register(sleeper("s" + i).build());
    }
    BackgroundWorkerHandle last = register(sleeper("last").build());
    List<BackgroundWorkerHandle> got = new ArrayList<>();
    Thread waiter =
        new Thread(
            () -> {
              try {
                got.add(workers.registerOrAwait(sleeper("waits").build(), SOON));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiter.start();
    awaitTrue(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    last.terminate();
    waiter.join(SOON.toMillis());
    assertThat(got).hasSize(1);
    got.get(0).terminate();
    assertThat(got.get(0).awaitGone(SOON)).isTrue();
  }

  @Test
  public void waitingForASlotEndsWithTheRefusal_R21() throws Exception {
    for (int i = 0; i < 8; i++) {
      register(sleeper("s" + i).build());
    }
    RegistrationRefused refusal =
        catchThrowableOfType(
            RegistrationRefused.class,
            () -> workers.registerOrAwait(sleeper("late").build(), Duration.ofMillis(50)));
    assertThat(refusal.reason()).isEqualTo(Reason.TABLE_FULL);
  }

  @Test
  public void aLibraryGetsNoMoreThanItsCap_R22_G11_T23() throws Exception {
    BackgroundWorker capped =
        BackgroundWorker.builder("capped")
            .library("capped")
            .function("f")
            .restart(RestartPolicy.after(Duration.ofHours(1)))
            .build();
    BackgroundWorkerHandle first = register(capped);
    register(capped);
    RegistrationRefused refusal = refused(capped);
    assertThat(refusal.reason()).isEqualTo(Reason.QUOTA);
    assertThat(refusal.detail()).contains("worker_limits.capped allows 2");
    first.terminate();
    assertThat(first.awaitGone(SOON)).isTrue();
    register(capped);
  }

  @Test
  public void aStaticWorkerOfALateBundleIsRefusedAndNothingElseHappens_R12_R13_T21()
      throws Exception {
    StaticRegistration answer = workers.register(sleeper("late").build());
    assertThat(answer).isInstanceOf(StaticRegistration.Refused.class);
    StaticRegistration.Refused refusal = (StaticRegistration.Refused) answer;
    assertThat(refusal.reason()).isEqualTo(Reason.NOT_PRELOADING);
    assertThat(refusal.hint()).contains("registerDynamic");
    assertThat(await(event -> event.kind() == Kind.REFUSED).name()).isEqualTo("late");
    assertThat(workers.find("late")).isEmpty();
  }

  @Test
  public void whatNoBundleOffersIsRefusedInWords_R10() {
    RegistrationRefused process = refused(sleeper("p").isolation(Isolation.PROCESS).build());
    assertThat(process.reason()).isEqualTo(Reason.NOT_AVAILABLE);
    assertThat(process).hasMessageContaining("isolation process");
  }

  @Test
  public void theLowestFreeSlotIsTaken_R20() throws Exception {
    BackgroundWorkerHandle a = register(sleeper("a").build());
    BackgroundWorkerHandle b = register(sleeper("b").build());
    register(sleeper("c").build());
    b.terminate();
    b.awaitGone(SOON);
    a.terminate();
    a.awaitGone(SOON);
    assertThat(register(sleeper("d").build()).id().slot()).isEqualTo(a.id().slot());
  }

  @Test
  public void aHandleOfAFreedSlotHarmsNobody_H4_H11_R24_R25_T7() throws Exception {
    BackgroundWorkerHandle old = register(sleeper("old").build());
    old.terminate();
    old.awaitGone(SOON);
    BackgroundWorkerHandle next = register(sleeper("next").build());
    next.awaitStartup(SOON);
    assertThat(next.id().slot()).isEqualTo(old.id().slot());
    old.terminate();
    old.restart();
    assertThat(old.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(old.stat()).isEmpty();
    assertThat(next.status()).isEqualTo(HandleStatus.STARTED);
    assertThat(next.id().incarnation()).isEqualTo(1);
    assertThat(workers.find("next")).containsExactly(next);
    assertThat(workers.find(next.id())).contains(next);
    assertThat(workers.find(old.id())).isEmpty();
  }
}
