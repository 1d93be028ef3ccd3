// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerExit;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.WorkerTerminated;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerState;
import org.junit.Test;
import org.osgi.framework.FrameworkUtil;

/** What one life sees and how it ends. */
public class LifeInsideFelix extends WorkersFixture {

  @Test
  public void aFailedWorkerComesBackWithTheSameHandle_X3_X9_H6_T1() throws Exception {
    AtomicInteger lives = new AtomicInteger();
    offer(
        "once",
        context -> {
          if (lives.incrementAndGet() == 1) {
            throw new IllegalStateException("the first life fails");
          }
          untilTold(context);
        });
    BackgroundWorkerHandle handle =
        register(worker("once").restart(RestartPolicy.after(Duration.ofMillis(300))).build());
    WorkerEvent exited = await(handle, Kind.EXITED);
    assertThat(exited.status()).hasValue(1);
    assertThat(exited.detail()).contains("the first life fails");
    WorkerEvent started = await(handle, Kind.STARTED);
    assertThat(Duration.between(exited.at(), started.at()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(299));
    awaitTrue(() -> handle.status() == HandleStatus.STARTED);
    assertThat(handle.id().incarnation()).isEqualTo(2);
    assertThat(handle.stat().orElseThrow().lastExit().map(ExitStatus::code)).contains(1);
  }

  @Test
  public void returningUnregistersWhateverThePolicy_X1_X2_T2() throws Exception {
    offer("done", context -> {});
    BackgroundWorkerHandle handle =
        register(worker("done").restart(RestartPolicy.after(Duration.ZERO)).build());
    assertThat(handle.awaitGone(SOON)).isTrue();
    assertThat(handle.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(await(handle, Kind.EXITED).status()).hasValue(0);
    await(handle, Kind.UNREGISTERED);
  }

  @Test
  public void neverMeansNever_X3_T3() throws Exception {
    offer(
        "bad",
        context -> {
          throw new AssertionError("no");
        });
    BackgroundWorkerHandle handle = register(worker("bad").build());
    assertThat(handle.awaitGone(SOON)).isTrue();
    await(handle, Kind.UNREGISTERED);
    assertThat(
            stats.history(handle.id(), 100).stream()
                .filter(event -> event.kind() == Kind.EXITED)
                .count())
        .isEqualTo(1);
  }

  @Test
  public void anyThrowableIsStatusOneAndOtherNumbersAreACrash_X4() throws Exception {
    offer(
        "overflow",
        context -> {
          throw new StackOverflowError("deep");
        });
    offer(
        "three",
        context -> {
          throw WorkerExit.with(3);
        });
    BackgroundWorkerHandle overflow = register(worker("overflow").build());
    assertThat(await(overflow, Kind.EXITED).status()).hasValue(1);
    BackgroundWorkerHandle three = register(worker("three").build());
    assertThat(await(three, Kind.CRASHED).status()).hasValue(3);
  }

  @Test
  public void theWorkerSeesItsBundleItsNameAndItsArguments_S7_R2_R28() throws Exception {
    AtomicReference<List<Object>> seen = new AtomicReference<>();
    offer(
        "look",
        context ->
            seen.set(
                List.of(
                    Thread.currentThread().getContextClassLoader(),
                    context.mainArg().asText(),
                    new String(context.entry().extra(), java.nio.charset.StandardCharsets.UTF_8),
                    Thread.currentThread().getName())));
    BackgroundWorkerHandle handle =
        register(worker("look").type("looker").mainArg("an argument").extra("more").build());
    assertThat(handle.awaitGone(SOON)).isTrue();
    assertThat(seen.get().get(0)).isSameAs(LifeInsideFelix.class.getClassLoader());
    assertThat(FrameworkUtil.getBundle(LifeInsideFelix.class)).isEqualTo(context.getBundle());
    assertThat(seen.get().subList(1, 3)).containsExactly("an argument", "more");
    assertThat(seen.get().get(3).toString()).contains("look", "looker", handle.id().toString());
  }

  @Test
  public void aSubscriberIsWokenAtLaunchAndAtEachExit_N1_N5_N6() throws Exception {
    BlockingQueue<WorkerEvent> told = new LinkedBlockingQueue<>();
    AtomicReference<BackgroundWorkerHandle> child = new AtomicReference<>();
    offer("child", context -> {});
    offer(
        "parent",
        context -> {
          context.onNotify(told::add);
          child.set(
              context.workers().registerDynamic(worker("child").notify(context.id()).build()));
          untilTold(context);
        });
    register(worker("parent").build());
    assertThat(told.poll(SOON.toSeconds(), TimeUnit.SECONDS).kind()).isEqualTo(Kind.STARTED);
    assertThat(told.poll(SOON.toSeconds(), TimeUnit.SECONDS).kind()).isEqualTo(Kind.EXITED);
    assertThat(told.poll(50, TimeUnit.MILLISECONDS)).isNull();
    assertThat(child.get().awaitGone(SOON)).isTrue();
  }

  @Test
  public void aTermSignalEndsTheLifeAndThePolicyDecides_X11_X12_H12() throws Exception {
    offer("loop", WorkersFixture::untilTold);
    BackgroundWorkerHandle handle =
        register(worker("loop").restart(RestartPolicy.after(Duration.ZERO)).build());
    handle.awaitStartup(SOON);
    handle.signal(WorkerSignal.TERM);
    WorkerEvent exited = await(handle, Kind.EXITED);
    assertThat(exited.status()).hasValue(1);
    assertThat(exited.detail()).contains("due to administrator command");
    awaitTrue(() -> handle.id().incarnation() == 2);
  }

  @Test
  public void aWaitByAWorkerIsAnInterruptCheckAndShowsInItsRow_H7_H10_V4() throws Exception {
    offer("other", WorkersFixture::untilTold);
    BackgroundWorkerHandle other = register(worker("other").build());
    other.awaitStartup(SOON);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    offer(
        "waits",
        context -> {
          try {
            other.awaitGone(Duration.ofHours(1));
          } catch (WorkerTerminated e) {
            thrown.set(e);
            throw e;
          }
        });
    BackgroundWorkerHandle waits = register(worker("waits").build());
    awaitTrue(
        () -> waits.stat().map(s -> s.statusText().contains(other.id().toString())).orElse(false));
    waits.terminate();
    assertThat(waits.awaitGone(SOON)).isTrue();
    assertThat(thrown.get()).isInstanceOf(WorkerTerminated.class);
    assertThat(other.status()).isEqualTo(HandleStatus.STARTED);
  }

  @Test
  public void oneThatIgnoresEveryRequestIsAbandonedAndKeepsItsSlot_X10_O6() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    offer(
        "stubborn",
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
    BackgroundWorkerHandle handle = register(worker("stubborn").build());
    handle.awaitStartup(SOON);
    handle.terminate();
    await(handle, Kind.ABANDONED);
    assertThat(handle.stat().orElseThrow().state()).isEqualTo(WorkerState.ABANDONED);
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
    release.countDown();
    assertThat(handle.awaitGone(SOON)).isTrue();
  }

  @Test
  public void readyIsMoreThanStarted_S10() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    offer(
        "prepares",
        context -> {
          go.await();
          context.ready();
          untilTold(context);
        });
    BackgroundWorkerHandle handle = register(worker("prepares").build());
    assertThat(handle.awaitStartup(SOON)).isEqualTo(HandleStatus.STARTED);
    assertThat(handle.awaitReady(Duration.ofMillis(20))).isFalse();
    go.countDown();
    assertThat(handle.awaitReady(SOON)).isTrue();
    assertThat(handle.stat().orElseThrow().readyAt()).isPresent();
  }

  @Test
  public void doorsThatNoBundleOffersSaySo() throws Exception {
    AtomicReference<Throwable> memory = new AtomicReference<>();
    offer("doors", context -> memory.set(catchThrowable(context::sharedMemory)));
    register(worker("doors").build()).awaitGone(SOON);
    assertThat(memory.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no bundle of this host offers shared memory");
  }
}
