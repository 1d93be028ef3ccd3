// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hostler.database.DatabaseStat.State;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.DatabaseMechanism.DatabaseListener;
import org.hostler.worker.stat.HostStat.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final WorkerId WORKER = new WorkerId(3, 17, 5);
  private static final Answer DOWN = new Answer(State.DOWN, "connection refused");

  private final MechanismThreads threads = new MechanismThreads();
  private final Listener listener = new Listener();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger letGo = new AtomicInteger();
  private final AtomicInteger askedBefore = new AtomicInteger();
  private volatile Answer answer = Answer.of(false);
  private volatile String watched = "";
  private volatile Runnable onAsk = () -> {};
  private final Health health =
      new Health(
          new Health.Asking() {
            @Override
            public Answer ask(String database, boolean keep) {
              Answer mine = answer;
              asked.incrementAndGet();
              onAsk.run();
              return mine;
            }

            @Override
            public void letGo(String database) {
              askedBefore.set(asked.get());
              letGo.incrementAndGet();
            }

            @Override
            public void close() {
              listener.told.add("closed");
            }
          },
          threads::execute,
          System::nanoTime,
          () -> watched);

  private static final class Listener implements DatabaseListener {
    final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return String.valueOf(told.poll(30, TimeUnit.SECONDS));
    }

    @Override
    public void phase(Phase phase) {
      told.add(phase.toString());
    }

    @Override
    public void back(Collection<WorkerId> workers) {
      told.add("back " + workers);
    }

    @Override
    public void hold(WorkerId worker, String reason) {
      told.add("hold " + worker + ": " + reason);
    }

    @Override
    public void terminate(WorkerId worker) {
      throw new AssertionError("not by this");
    }

    @Override
    public void signalTerm(WorkerId worker) {
      throw new AssertionError("not by this");
    }
  }

  @AfterEach
  void close() {
    health.close();
    threads.close();
  }

  @Test
  void nothingIsDoneWhileNothingIsDownAndTheDefaultDatabaseIsEmbedded() {
    health.follow(listener);
    health.settingsChanged();
    assertThat(health.ask("main").down()).isFalse();
    health.connected("main");
    assertThat(health.keepsTime()).isFalse();
    assertThat(listener.told).isEmpty();
    assertThat(asked).hasValue(1);
  }

  @Test
  void workerWhoseDatabaseIsDownWaitsUntilItAnswers() throws Exception {
    health.follow(listener);
    answer = DOWN;
    assertThat(health.failed(WORKER, "main")).isEqualTo("connection refused");
    assertThat(health.down(new WorkerId(3, 17, 6))).hasValue("connection refused");
    assertThat(health.down(new WorkerId(3, 18, 5))).isEmpty();
    answer = Answer.of(false);
    assertThat(listener.next()).isEqualTo("back [3:17]");
    assertThat(health.down(WORKER)).isEmpty();
    assertThat(health.failed(WORKER, "main")).isEmpty();
    assertThat(health.down(WORKER)).isEmpty();
  }

  @Test
  void phaseFollowsTheDefaultDatabaseBothWaysAndTheFirstIsKnownAtOnce_S1() throws Exception {
    watched = "main";
    CountDownLatch mayAnswer = new CountDownLatch(1);
    onAsk = () -> await(mayAnswer);
    health.follow(listener);
    assertThat(listener.told).containsExactly("startup");
    assertThat(listener.next()).isEqualTo("startup");
    mayAnswer.countDown();
    assertThat(listener.next()).isEqualTo("run");
    for (Answer next : List.of(Answer.of(true), new Answer(State.RECOVERY, "not yet"), DOWN)) {
      answer = next;
      assertThat(listener.next()).isEqualTo(next.phase(Phase.RUN).toString());
    }
    watched = ""; // the default database is made an embedded one
    health.settingsChanged();
    assertThat(listener.next()).isEqualTo("run");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @RepeatedTest(20)
  void manyWhoAskAtOnceAreOneQuestionWhenItIsDown() throws Exception {
    answer = DOWN;
    CountDownLatch mayAnswer = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    onAsk =
        () -> {
          begun.countDown();
          await(mayAnswer);
        };
    List<CompletableFuture<String>> words = new CopyOnWriteArrayList<>();
    CountDownLatch there = new CountDownLatch(50);
    for (int i = 0; i < 50; i++) {
      WorkerId worker = new WorkerId(i, 1, 1);
      words.add(
          CompletableFuture.supplyAsync(
              () -> {
                there.countDown();
                return health.failed(worker, "main");
              },
              threads::execute));
    }
    await(there);
    await(begun);
    mayAnswer.countDown();
    for (CompletableFuture<String> each : words) {
      assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo("connection refused");
    }
    assertThat(health.down(new WorkerId(49, 1, 2))).isPresent();
    assertThat(asked.get()).isLessThan(50);
  }

  @Test
  void answerThatWasOnItsWayBeforeTheFailureIsNotTaken() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    onAsk =
        () -> {
          begun.countDown();
          await(mayAnswer);
        };
    CompletableFuture<Answer> first =
        CompletableFuture.supplyAsync(() -> health.ask("main"), threads::execute);
    await(begun);
    answer = DOWN; // it stops after it was asked
    CompletableFuture<String> second =
        CompletableFuture.supplyAsync(() -> health.failed(WORKER, "main"), threads::execute);
    threads.execute(mayAnswer::countDown);
    assertThat(first.get(30, TimeUnit.SECONDS).down()).isFalse();
    assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("connection refused");
  }

  @Test
  void whatIsKeptIsNotAskedAfterAFailure() {
    health.failed(WORKER, "main");
    assertThat(letGo).hasValue(1);
    assertThat(askedBefore).hasValue(0);
    assertThat(asked).hasValue(1);
  }

  @Test
  void heldWorkerWaitsWhateverItsDatabaseAnswers_D12() throws Exception {
    health.follow(listener);
    health.hold(WORKER, "main", "it is being removed");
    assertThat(listener.next()).isEqualTo("hold 3:17: it is being removed");
    assertThat(health.ask("main").down()).isFalse();
    assertThat(health.down(WORKER)).hasValue("it is being removed");
    health.release(List.of(WORKER));
    assertThat(health.down(WORKER)).isEmpty();
    assertThat(listener.next()).isEqualTo("back [3:17]");
  }

  @Test
  void removedDatabaseIsWaitedForByNobody() throws Exception {
    health.follow(listener);
    answer = DOWN;
    health.failed(WORKER, "main");
    health.forget("main");
    assertThat(listener.next()).isEqualTo("back [3:17]");
    assertThat(health.known("main")).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void whoeverWaitsForAnAnswerIsLetGoWhenTheBundleStops() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    onAsk =
        () -> {
          begun.countDown();
          await(never);
        };
    CompletableFuture<Answer> waits =
        CompletableFuture.supplyAsync(() -> health.ask("main"), threads::execute);
    await(begun);
    health.close();
    assertThat(waits.get(30, TimeUnit.SECONDS)).isEqualTo(Answer.UNKNOWN);
    assertThat(health.ask("main")).isEqualTo(Answer.UNKNOWN);
    assertThat(listener.next()).isEqualTo("closed");
    never.countDown();
  }

  @Test
  void questionThatThrowsIsNoAnswer() {
    onAsk =
        () -> {
          throw new IllegalStateException("broken driver");
        };
    assertThat(health.failed(WORKER, "main")).isEmpty();
    assertThat(health.down(WORKER)).isEqualTo(Optional.empty());
  }
}
