// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** Functions that go and come back while their workers run. */
public class DrainInsideFelix extends WorkersFixture {

  @Test
  public void aWorkerIsDrainedBeforeItsFunctionIsGoneAndComesBackWithTheNewCode_X17_G6()
      throws Exception {
    AtomicReference<String> ran = new AtomicReference<>("");
    ServiceRegistration<WorkerMain> old =
        offer(
            "code",
            context -> {
              ran.set("old");
              untilTold(context);
            });
    BackgroundWorkerHandle handle = register(worker("code").build()); // restart: never
    handle.awaitStartup(SOON);
    old.unregister();
    assertThat(handle.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(handle.stat().orElseThrow().state()).isEqualTo(WorkerState.PARKED);
    assertThat(handle.stat().orElseThrow().reason().orElseThrow().code())
        .isEqualTo(Code.COMPONENT_GONE);
    offer(
        "code",
        context -> {
          ran.set("new");
          untilTold(context);
        });
    awaitTrue(() -> handle.status() == HandleStatus.STARTED);
    awaitTrue(() -> ran.get().equals("new"));
    assertThat(handle.id().incarnation()).isEqualTo(2);
  }

  @Test
  public void aWorkerThatLeavesLateIsStartedWithWhatCameMeanwhile_X17() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<String> ran = new AtomicReference<>("");
    ServiceRegistration<WorkerMain> old =
        offer(
            "late",
            context -> {
              boolean released = false;
              while (!released) {
                try {
                  released = release.await(1, TimeUnit.HOURS);
                } catch (InterruptedException e) {
                  released = false; // swallows every interrupt: that is what it is for
                }
              }
            });
    BackgroundWorkerHandle handle = register(worker("late").build());
    handle.awaitStartup(SOON);
    old.unregister(); // returns at the deadline
    awaitTrue(() -> handle.stat().orElseThrow().state() == WorkerState.ABANDONED);
    offer(
        "late",
        context -> {
          ran.set("new");
          untilTold(context);
        });
    release.countDown();
    awaitTrue(() -> ran.get().equals("new"));
    assertThat(handle.id().incarnation()).isEqualTo(2);
  }

  @Test
  public void aWorkerWhoseFunctionGoesIsStartedWithAnotherThatIsLeft_X17() throws Exception {
    AtomicReference<String> ran = new AtomicReference<>("");
    offer(
        "twice",
        context -> {
          ran.set("low");
          untilTold(context);
        });
    ServiceRegistration<WorkerMain> high =
        context.registerService(
            WorkerMain.class,
            WorkersFixture::untilTold,
            new Hashtable<>(Map.of("worker.function", "twice", "service.ranking", 10)));
    BackgroundWorkerHandle handle = register(worker("twice").build());
    handle.awaitStartup(SOON);
    assertThat(ran.get()).isEmpty();
    high.unregister();
    awaitTrue(() -> ran.get().equals("low"));
    assertThat(handle.id().incarnation()).isEqualTo(2);
  }

  @Test
  public void aWorkerThatTakesItsOwnFunctionAwayIsNotWaitedFor() throws Exception {
    AtomicReference<ServiceRegistration<WorkerMain>> registration = new AtomicReference<>();
    registration.set(
        offer(
            "suicidal",
            context -> {
              registration.get().unregister();
              context.checkForInterrupts();
            }));
    BackgroundWorkerHandle handle = register(worker("suicidal").build());
    await(handle, Kind.PARKED);
    assertThat(handle.stat().orElseThrow().state()).isEqualTo(WorkerState.PARKED);
  }

  @Test
  public void theHigherRankingServiceIsTheFunction_S8() throws Exception {
    AtomicReference<String> ran = new AtomicReference<>("");
    offer("ranked", context -> ran.set("low"));
    ServiceRegistration<WorkerMain> high =
        context.registerService(
            WorkerMain.class,
            c -> ran.set("high"),
            new Hashtable<>(Map.of("worker.function", "ranked", "service.ranking", 10)));
    register(worker("ranked").build()).awaitGone(SOON);
    assertThat(ran.get()).isEqualTo("high");
    high.unregister();
    register(worker("ranked").build()).awaitGone(SOON);
    assertThat(ran.get()).isEqualTo("low");
  }
}
