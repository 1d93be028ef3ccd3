// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerStats.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Repeated.class)
@Tag(Repeated.TAG)
class EventStreamTest {
  private static final WorkerSlot SLOT = Slots.running(RestartPolicy.never());

  private final EventStream stream = new EventStream(100);
  private final List<Subscription> subscriptions = new ArrayList<>();

  @AfterEach
  void close() {
    subscriptions.forEach(Subscription::close);
  }

  private void publish(int events) {
    for (int i = 0; i < events; i++) {
      stream.publish(SLOT, Kind.READY, ExitStatus.done(), "", 0);
    }
    stream.wakeListeners();
  }

  private static List<Long> numbers(List<WorkerEvent> events) {
    return events.stream().map(WorkerEvent::seq).toList();
  }

  private static Long[] range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toArray(Long[]::new);
  }

  @Test
  void newestAreKeptOldestFirst_V7() {
    publish(250);
    assertThat(numbers(stream.newest(event -> true, 1_000))).containsExactly(range(151, 250));
    assertThat(numbers(stream.newest(event -> true, 3))).containsExactly(248L, 249L, 250L);
    assertThat(numbers(stream.newest(event -> event.seq() % 2 == 0, 2)))
        .containsExactly(248L, 250L);
    assertThat(stream.event(150)).isNull();
    assertThat(stream.event(251)).isNull();
  }

  @Test
  void sizeCanChangeWhileEventsAreThere() {
    publish(50);
    stream.resize(10);
    assertThat(numbers(stream.newest(event -> true, 100))).containsExactly(range(41, 50));
    stream.resize(1_000);
    publish(5);
    assertThat(numbers(stream.newest(event -> true, 100))).containsExactly(range(41, 55));
    stream.resize(0);
    publish(1);
    assertThat(numbers(stream.newest(event -> true, 100))).containsExactly(56L);
  }

  @Test
  void exitCarriesItsStatusAndSignal_X16() {
    ExitStatus killed = new ExitStatus.Crashed(137, "KILL", "", "");
    WorkerEvent event = stream.publish(SLOT, Kind.CRASHED, killed, "killed", 5);
    assertThat(event.status()).hasValue(137);
    assertThat(event.signal()).isEqualTo("KILL");
    assertThat(event.at().toEpochMilli()).isEqualTo(5);
    assertThat(event.id()).hasValue(SLOT.id());
    assertThat(event.name()).isEqualTo("w");
    assertThat(event.type()).isEqualTo("w");
    assertThat(stream.publish(SLOT, Kind.STARTED, ExitStatus.done(), "", 5).status()).isEmpty();
  }

  @TestTemplate
  void everyListenerGetsEveryEventInOrder_N5() {
    List<List<WorkerEvent>> heard = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      List<WorkerEvent> mine = new CopyOnWriteArrayList<>();
      heard.add(mine);
      subscriptions.add(stream.subscribe("listener-" + i, mine::add));
    }
    for (int round = 1; round <= 10; round++) {
      publish(90);
      int all = round * 90;
      Await.until(() -> heard.stream().allMatch(mine -> mine.size() == all));
    }
    assertThat(heard).allSatisfy(mine -> assertThat(numbers(mine)).containsExactly(range(1, 900)));
  }

  @TestTemplate
  void listenerThatFallsBehindIsToldHowManyItMissed_N5() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    List<WorkerEvent> slow = new CopyOnWriteArrayList<>();
    List<WorkerEvent> quick = new CopyOnWriteArrayList<>();
    subscriptions.add(stream.subscribe("quick", quick::add));
    subscriptions.add(
        stream.subscribe(
            "slow",
            event -> {
              slow.add(event);
              Uninterruptibly.await(busy);
            }));
    publish(1);
    Await.until(() -> slow.size() == 1);
    for (int i = 1; i <= 5; i++) {
      publish(90);
      int all = 1 + i * 90;
      Await.until(() -> quick.size() == all);
    }
    busy.countDown();
    Await.until(() -> !slow.isEmpty() && slow.get(slow.size() - 1).seq() == 451);
    assertThat(quick).noneMatch(event -> event.kind() == Kind.GAP).hasSize(451);
    assertThat(slow.get(1).kind()).isEqualTo(Kind.GAP);
    assertThat(slow.get(1).detail()).isEqualTo("350");
    assertThat(numbers(slow.subList(2, slow.size()))).containsExactly(range(352, 451));
  }

  @TestTemplate
  void listenerThatThrowsEndsAloneAndTheStreamGoesOn() {
    List<WorkerEvent> heard = new CopyOnWriteArrayList<>();
    List<WorkerEvent> broken = new CopyOnWriteArrayList<>();
    subscriptions.add(
        stream.subscribe(
            "broken",
            event -> {
              broken.add(event);
              throw new IllegalStateException("of the listener");
            }));
    subscriptions.add(stream.subscribe("other", heard::add));
    publish(1);
    Await.until(() -> broken.size() == 1 && heard.size() == 1);
    publish(1);
    Await.until(() -> heard.size() == 2);
    assertThat(broken).hasSize(1);
  }

  @TestTemplate
  void closedListenerHearsWhatWasPublishedBeforeAndNothingAfter() {
    List<WorkerEvent> heard = new CopyOnWriteArrayList<>();
    Subscription subscription = stream.subscribe("listener", heard::add);
    publish(50);
    subscription.close();
    assertThat(numbers(heard)).containsExactly(range(1, 50));
    publish(50);
    subscription.close();
    assertThat(heard).hasSize(50);
  }

  @Test
  void listenerThatSleepsDeeplyAfterASecondOfQuietIsWoken_N5() {
    List<WorkerEvent> heard = new CopyOnWriteArrayList<>();
    Thread[] thread = new Thread[1];
    subscriptions.add(
        stream.subscribe(
            "deep",
            event -> {
              thread[0] = Thread.currentThread();
              heard.add(event);
            }));
    publish(1);
    Await.until(() -> heard.size() == 1);
    Await.until(() -> thread[0].getState() == Thread.State.WAITING);
    publish(1);
    Await.until(() -> heard.size() == 2);
  }

  @TestTemplate
  void listenerMayEndItselfFromWithin() {
    List<WorkerEvent> heard = new CopyOnWriteArrayList<>();
    Subscription[] mine = new Subscription[1];
    CountDownLatch known = new CountDownLatch(1);
    mine[0] =
        stream.subscribe(
            "once",
            event -> {
              Uninterruptibly.await(known);
              heard.add(event);
              mine[0].close();
            });
    known.countDown();
    publish(1);
    Await.until(() -> heard.size() == 1);
  }
}
