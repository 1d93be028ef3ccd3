// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Repeated.class)
@Tag(Repeated.TAG)
class WorkerLatchTest {
  private static final int WAKE_UPS = 1_000_000;
  private static final Duration LONG = Await.LONG;
  private static final int OVER = -1;

  private final WorkerLatch latch = new WorkerLatch();

  private Thread start(Runnable work) {
    Thread thread = new Thread(work, "setter");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @AfterEach
  void notInterrupted() {
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void setIsStickyAndIdempotent_L9() {
    latch.owner(Thread.currentThread());
    latch.set();
    latch.set();
    assertThat(latch.await(LONG)).isTrue();
    assertThat(latch.await(LONG)).isTrue();
    latch.reset();
    assertThat(latch.await(Duration.ZERO)).isFalse();
    assertThat(latch.await(ofSeconds(-1))).isFalse();
  }

  @Test
  void setBeforeTheWaitIsSeenAMillionTimes_L9_F18() {
    latch.owner(Thread.currentThread());
    for (int i = 0; i < WAKE_UPS; i++) {
      latch.set();
      if (!latch.await(LONG)) {
        throw new AssertionError("lost the " + i + "th");
      }
      latch.reset();
    }
  }

  @Test
  void onlyTheOwnerWaitsAndResetsAndAnyoneSets_L8() throws InterruptedException {
    assertThatThrownBy(() -> latch.await(LONG)).isInstanceOf(IllegalMonitorStateException.class);
    latch.owner(Thread.currentThread());
    Throwable[] thrown = new Throwable[2];
    Thread other =
        start(
            () -> {
              thrown[0] = catching(() -> latch.await(LONG));
              thrown[1] = catching(latch::reset);
              latch.set();
            });
    assertThat(latch.await(LONG)).isTrue();
    other.join();
    assertThat(thrown[0])
        .isInstanceOf(IllegalMonitorStateException.class)
        .hasMessage("latch: only the worker's own thread may await it, this is setter");
    assertThat(thrown[1]).isInstanceOf(IllegalMonitorStateException.class);
    assertThat(catching(new WorkerLatch()::await))
        .isInstanceOf(IllegalMonitorStateException.class)
        .hasMessageStartingWith("latch: only the worker's own thread may await it, this is ");
  }

  private static Throwable catching(Runnable work) {
    try {
      work.run();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Test
  void interruptCountsAsSetAndIsConsumed_L12() {
    latch.owner(Thread.currentThread());
    Thread.currentThread().interrupt();
    assertThat(latch.await(LONG)).isTrue();
    assertThat(Thread.interrupted()).isFalse();
    latch.reset();
    Thread self = Thread.currentThread();
    start(self::interrupt);
    assertThat(latch.await(LONG)).isTrue();
    latch.reset();
    start(self::interrupt);
    latch.await();
    assertThat(latch.await(Duration.ZERO)).isTrue();
  }

  @Test
  void timeOutHoldsAndTheLongestDoesNotOverflow() {
    latch.owner(Thread.currentThread());
    long start = System.nanoTime();
    assertThat(latch.await(ofMillis(2))).isFalse();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000);
    start(latch::set);
    assertThat(latch.await(ofSeconds(Long.MAX_VALUE))).isTrue();
  }

  @TestTemplate
  void noWakeUpIsLostBetweenTwoThreads_L9_F18() throws InterruptedException {
    int[] asked = new int[1]; // not volatile: the latch has to carry it over (L10)
    WorkerLatch answer = new WorkerLatch();
    latch.owner(Thread.currentThread());
    long end = System.nanoTime() + ofSeconds(1).toNanos();
    Thread setter =
        start(
            () -> {
              answer.owner(Thread.currentThread());
              for (int i = 1; i == 1 || (i <= WAKE_UPS && System.nanoTime() < end); i++) {
                asked[0] = i;
                latch.set();
                answer.await(LONG);
                answer.reset();
              }
              asked[0] = -1;
              latch.set();
            });
    int last = 0;
    for (; ; ) {
      assertThat(latch.await(LONG)).as("woken after %d", last).isTrue();
      latch.reset();
      int now = asked[0];
      if (now == -1) {
        break;
      }
      assertSeen(now, last);
      last = now;
      answer.set();
    }
    setter.join();
    assertThat(last).isPositive();
  }

  @TestTemplate
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void noWakeUpIsLostOfAWaitWithoutATimeOut_L9_L10_F18() throws InterruptedException {
    int[] asked = new int[1]; // not volatile, as above
    int[] answered = new int[1];
    WorkerLatch answer = new WorkerLatch();
    latch.owner(Thread.currentThread());
    Thread answerer =
        start(
            () -> {
              answer.owner(Thread.currentThread());
              for (int i = 1; awaitTurn(answer, asked, i) != OVER; i++) {
                answered[0] = i;
                latch.set();
              }
            });
    long end = System.nanoTime() + ofSeconds(1).toNanos();
    for (int i = 1; i == 1 || (i <= WAKE_UPS && System.nanoTime() < end); i++) {
      asked[0] = i;
      answer.set();
      awaitTurn(latch, answered, i);
    }
    asked[0] = OVER;
    answer.set();
    answerer.join();
  }

  /** The loop of a worker: most of its resets find the latch clear. */
  private static int awaitTurn(WorkerLatch mine, int[] value, int awaited) {
    for (; ; ) {
      mine.reset();
      int now = value[0];
      if (now == awaited || now == OVER) {
        return now;
      }
      mine.await();
    }
  }

  private static void assertSeen(int now, int last) {
    if (now != last + 1) {
      throw new AssertionError("after " + last + " came " + now);
    }
  }

  @TestTemplate
  void whatWasWrittenBeforeTheSetIsSeenAfterTheReset_L10() throws InterruptedException {
    int[] written = new int[1];
    latch.owner(Thread.currentThread());
    Thread setter =
        start(
            () -> {
              for (int i = 1; i <= 100_000; i++) {
                written[0] = i;
                latch.set();
              }
            });
    int seen = 0;
    while (seen < 100_000) {
      assertThat(latch.await(LONG)).as("the last one is seen; now %d", seen).isTrue();
      latch.reset();
      seen = written[0];
    }
    setter.join();
  }

  @TestTemplate
  void setBesideTheFirstLookOfANewOwnerIsNotLost_L9_F18() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      WorkerLatch fresh = new WorkerLatch();
      Thread setter = start(fresh::set);
      fresh.owner(Thread.currentThread());
      assertThat(fresh.await(LONG)).isTrue();
      setter.join();
    }
  }
}
