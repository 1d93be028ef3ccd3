// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.workerspi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.Datum;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerId;
import org.junit.jupiter.api.Test;

class LaunchingWorkerTest {
  private static final WorkerId OWN = new WorkerId(3, 17, 1);
  private static final WorkerId LAUNCHED = new WorkerId(4, 18, 1);

  private final List<BackgroundWorker> registered = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  /** An object that answers these methods so, and fails on all others. */
  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = answers.get(method.getName());
              if (answer == null) {
                throw new UnsupportedOperationException(method.getName());
              }
              return answer instanceof Answer computed ? computed.to(arguments) : answer;
            }));
  }

  private interface Answer {
    Object to(Object[] arguments);
  }

  private WorkerContext context(Answer registering) {
    BackgroundWorkers workers =
        answering(BackgroundWorkers.class, Map.of("registerDynamic", registering));
    Answer status =
        arguments -> {
          said.add((String) arguments[0]);
          return null;
        };
    return answering(
        WorkerContext.class,
        Map.of(
            "workers", workers,
            "id", OWN,
            "mainArg", Datum.of(5),
            "entry", SpiWorkers.fixed(5),
            "status", status));
  }

  private WorkerContext launchedWorkerIs(HandleStatus status) {
    BackgroundWorkerHandle handle =
        answering(BackgroundWorkerHandle.class, Map.of("id", LAUNCHED, "awaitStartup", status));
    return context(
        arguments -> {
          registered.add((BackgroundWorker) arguments[0]);
          return handle;
        });
  }

  private WorkerContext refused(Reason reason) {
    return context(
        arguments -> {
          throw new RegistrationRefused(reason, "no slot is free", "", "");
        });
  }

  @Test
  void saysWhichWorkerRuns_G13() throws InterruptedException {
    new LaunchingWorker().run(launchedWorkerIs(HandleStatus.STARTED));
    assertThat(registered).containsExactly(SpiWorkers.launched(5, OWN));
    assertThat(said).containsExactly("launched worker_spi dynamic worker 5 4:18");
  }

  @Test
  void failsWhenTheWorkerHasEnded_G13() {
    assertThatThrownBy(() -> new LaunchingWorker().run(launchedWorkerIs(HandleStatus.STOPPED)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "could not start background process\nworker 4:18 has ended already");
    assertThat(said).isEmpty();
  }

  @Test
  void failsWhenTheWorkerHasNotStartedInTime() {
    assertThatThrownBy(
            () -> new LaunchingWorker().run(launchedWorkerIs(HandleStatus.NOT_YET_STARTED)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("background worker 4:18: has not started within 30 s and goes on waiting");
  }

  @Test
  void answersNothingWithoutASlot_G13() throws InterruptedException {
    new LaunchingWorker().run(refused(Reason.TABLE_FULL));
    assertThat(said).containsExactly("nothing launched: no slot is free");
  }

  @Test
  void failsWithAnyOtherRefusal() {
    assertThatThrownBy(() -> new LaunchingWorker().run(refused(Reason.STOPPING)))
        .isInstanceOf(RegistrationRefused.class);
  }
}
