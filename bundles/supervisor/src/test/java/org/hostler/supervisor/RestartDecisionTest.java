// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hostler.supervisor.Verdict.GiveUp;
import org.hostler.supervisor.Verdict.RestartAt;
import org.hostler.supervisor.WorkerSlot.Times;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartDecisionTest {
  private static final ExitStatus FAILED = ExitStatus.failed("it failed");
  private static final long NOW = Slots.NOW.nanos();

  /** A worker that fails again and again; keeps its budget as the supervisor does. */
  private static final class Failing {
    private final RestartPolicy policy;
    private Budget budget = Budget.FRESH;
    private long now;

    Failing(RestartPolicy policy) {
      this.policy = policy;
    }

    /** Begins a life now that fails after a time. */
    Verdict failAfter(Duration life, double chance) {
      WorkerSlot starting = Slots.requested(policy).launched(budget);
      WorkerSlot running = starting.with(WorkerState.RUNNING, new Times(1, 1, 0, now));
      now += life.toNanos();
      Verdict verdict = RestartDecision.decide(running, exited(FAILED, chance), now);
      if (verdict instanceof RestartAt restart) {
        now = restart.at();
        budget = restart.budget().launched(now);
      }
      return verdict;
    }

    /** The delays, in milliseconds, of lives that fail at once; ends when it is given up. */
    List<Long> delays(int most) {
      List<Long> delays = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        long exit = now;
        if (failAfter(Duration.ZERO, 0) instanceof RestartAt restart) {
          delays.add((restart.at() - exit) / 1_000_000);
        }
      }
      return delays;
    }
  }

  private static Verdict decide(RestartPolicy policy, ExitStatus exit) {
    return RestartDecision.decide(Slots.running(policy), exited(exit, 0), NOW);
  }

  private static Event.Exited exited(ExitStatus status, double chance) {
    return new Event.Exited(1, status, chance);
  }

  private static RestartPolicy policy(String text) {
    return RestartPolicy.parse(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "0", "10s", "backoff:1s..60s", "10s,limit=1/60s"})
  void statusZeroUnregistersWhateverThePolicy_X2(String policy) {
    assertThat(decide(policy(policy), ExitStatus.done())).isEqualTo(Verdict.FORGET);
  }

  @Test
  void lifeWhoseDatabaseIsDownWaitsForThatUnlessItIsDoneOrNeverRestarts_X2_X3() {
    Ending ending = new Ending("select 1", "connection refused");
    for (ExitStatus exit : List.of(FAILED, ExitStatus.of(2))) {
      Event.Exited exited = new Event.Exited(1, exit, ending, 0);
      assertThat(RestartDecision.decide(Slots.running(policy("5s,limit=1/1h")), exited, NOW))
          .isEqualTo(new Verdict.DatabaseDown("connection refused"));
      assertThat(RestartDecision.decide(Slots.running(RestartPolicy.never()), exited, NOW))
          .isEqualTo(Verdict.FORGET);
    }
    Event.Exited done = new Event.Exited(1, ExitStatus.done(), ending, 0);
    assertThat(RestartDecision.decide(Slots.running(policy("5s")), done, NOW))
        .isEqualTo(Verdict.FORGET);
    Event.Exited other = new Event.Exited(1, FAILED, new Ending("select 1", ""), 0);
    assertThat(RestartDecision.decide(Slots.running(policy("5s")), other, NOW))
        .isInstanceOf(RestartAt.class);
  }

  @Test
  void neverUnregistersAtAnyStatus_X3() {
    assertThat(decide(RestartPolicy.never(), FAILED)).isEqualTo(Verdict.FORGET);
    assertThat(decide(RestartPolicy.never(), ExitStatus.of(2))).isEqualTo(Verdict.FORGET);
  }

  @Test
  void failureIsRestartedAtItsExitPlusTheInterval_X3_X7() {
    assertThat(((RestartAt) decide(policy("5s"), FAILED)).at())
        .isEqualTo(NOW + ofSeconds(5).toNanos());
    assertThat(((RestartAt) decide(policy("0"), FAILED)).at()).isEqualTo(NOW);
    assertThat(((RestartAt) decide(policy("5s"), ExitStatus.of(2))).at())
        .isEqualTo(NOW + ofSeconds(5).toNanos());
  }

  @Test
  void longestIntervalDoesNotWrap_R7_X7() {
    Verdict verdict =
        RestartDecision.decide(Slots.running(policy("86400000s,jitter=1")), exited(FAILED, 1), NOW);
    assertThat(((RestartAt) verdict).at()).isEqualTo(NOW + ofSeconds(172_800_000).toNanos());
  }

  @Test
  void constantIntervalNeitherGrowsNorGivesUp_X8() {
    assertThat(new Failing(policy("5s")).delays(1_000)).hasSize(1_000).containsOnly(5_000L);
  }

  @Test
  void backoffFollowsItsFormula() {
    assertThat(new Failing(policy("backoff:1s..10s")).delays(6))
        .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
    assertThat(new Failing(policy("backoff:1s..60s,factor=3")).delays(5))
        .containsExactly(1_000L, 3_000L, 9_000L, 27_000L, 60_000L);
    assertThat(new Failing(policy("backoff:0..60s")).delays(3)).containsOnly(0L);
  }

  @Test
  void delaysShownToPeopleAreThoseThatCome() {
    Failing failing = new Failing(policy("backoff:1s..10s,jitter=0.5"));
    failing.failAfter(Duration.ZERO, 0.9);
    WorkerSlot slot = Slots.requested(failing.policy).launched(failing.budget);
    assertThat(RestartDecision.next(slot, 3))
        .containsExactly(ofSeconds(2), ofSeconds(4), ofSeconds(8));
    assertThat(RestartDecision.next(Slots.requested(RestartPolicy.never()), 3)).isEmpty();
  }

  @Test
  void jitterAddsUpToItsShare() {
    WorkerSlot slot = Slots.running(policy("10s,jitter=0.5"));
    for (double chance : new double[] {0, 0.5, 1}) {
      RestartAt restart = (RestartAt) RestartDecision.decide(slot, exited(FAILED, chance), NOW);
      assertThat(ofNanos(restart.at() - NOW)).isEqualTo(ofMillis(10_000 + (long) (5_000 * chance)));
    }
  }

  @Test
  void healthyLifeResetsDelayAndCountExactlyFromItsLengthOn() {
    Failing failing = new Failing(policy("backoff:1s..60s,healthy=30s,limit=3/1000s"));
    assertThat(failing.delays(2)).containsExactly(1_000L, 2_000L);
    RestartAt tooShort = (RestartAt) failing.failAfter(ofSeconds(30).minusNanos(1), 0);
    assertThat(tooShort.budget().inRow()).isEqualTo(3);
    RestartAt healthy = (RestartAt) failing.failAfter(ofSeconds(30), 0);
    assertThat(healthy.budget().inRow()).isEqualTo(1);
    assertThat(healthy.budget().recent()).isEmpty();
  }

  @Test
  void lifeThatNeverBeganIsNotHealthyHoweverLongAgoTheLastOneWas() {
    RestartPolicy policy = policy("backoff:1s..60s,healthy=30s");
    WorkerSlot ran = Slots.running(policy).with(new Budget(3, new long[0], false));
    WorkerSlot again = ran.launched(ran.budget());
    RestartAt restart = (RestartAt) RestartDecision.decide(again, exited(FAILED, 0), NOW);
    assertThat(restart.budget().inRow()).isEqualTo(4);
  }

  @Test
  void crashJustUnderTheWindowUsesUpTheLimitAndJustOverItDoesNot_F4() {
    RestartPolicy policy = policy("0,limit=1/10s");
    Failing under = new Failing(policy);
    assertThat(under.failAfter(ofSeconds(1), 0)).isInstanceOf(RestartAt.class);
    assertThat(under.failAfter(ofSeconds(10).minusNanos(1), 0)).isInstanceOf(GiveUp.class);
    Failing over = new Failing(policy);
    for (int i = 0; i < 100; i++) {
      assertThat(over.failAfter(ofSeconds(10), 0)).isInstanceOf(RestartAt.class);
    }
  }

  @Test
  void exitThatWouldNeedOneRestartMoreGivesUpWithTheNumbers() {
    Failing failing = new Failing(policy("1s,limit=5/60s"));
    assertThat(failing.delays(5)).hasSize(5);
    assertThat(failing.failAfter(ofSeconds(10), 0))
        .isEqualTo(new GiveUp("it failed again after 5 restarts within 1min"));
  }

  @Test
  void limitCountsTheRestartsThemselvesNotTheirDelays() {
    Failing slow = new Failing(policy("30s,limit=2/60s"));
    assertThat(slow.delays(100)).as("every 30 s is two in any minute").hasSize(100);
    assertThat(new Failing(policy("30s,limit=1/60s")).delays(100)).hasSize(1);
  }

  @Test
  void restartThatIsHeldUpCountsWhenItHappens() {
    RestartPolicy policy = policy("0,limit=1/10s");
    Budget late = new Budget(1, new long[0], true).launched(NOW - ofSeconds(1).toNanos());
    WorkerSlot slot = Slots.running(policy).with(late);
    assertThat(RestartDecision.decide(slot, exited(FAILED, 0), NOW)).isInstanceOf(GiveUp.class);
    assertThat(late.excused()).isEqualTo(late);
    assertThat(new Budget(1, new long[0], true).excused().launched(NOW).recent()).isEmpty();
  }

  @Test
  void neverMoreThanNRestartsInAnyWindowWhateverHappens_F4() {
    Random random = new Random(42);
    for (int run = 0; run < 200; run++) {
      int most = 1 + random.nextInt(5);
      Duration window = ofMillis(1 + random.nextInt(20_000));
      RestartPolicy policy =
          RestartPolicy.backoff(ofMillis(random.nextInt(500)), ofSeconds(1 + random.nextInt(9)))
              .jitter(random.nextDouble())
              .limit(most, window);
      List<Long> restarts = restarts(policy, random);
      for (int i = most; i < restarts.size(); i++) {
        assertThat(restarts.get(i) - restarts.get(i - most))
            .as("%s, restarts %s", policy, restarts)
            .isGreaterThanOrEqualTo(window.toNanos());
      }
    }
  }

  private static List<Long> restarts(RestartPolicy policy, Random random) {
    Failing failing = new Failing(policy);
    List<Long> restarts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Duration life = ofMillis(random.nextInt(1 + random.nextInt(10_000)));
      if (failing.failAfter(life, random.nextDouble()) instanceof RestartAt restart) {
        restarts.add(restart.at());
      }
    }
    return restarts;
  }

  @Test
  void wallClockHasNoPartInIt_F39() {
    for (long millis : new long[] {0, -3_600_000, Long.MAX_VALUE, 86_400_000}) {
      WorkerSlot slot =
          Slots.running(policy("5s,healthy=200s,limit=2/60s"))
              .with(new Budget(4, new long[0], false));
      Times old = slot.times();
      WorkerSlot jumped =
          slot.with(slot.state(), new Times(old.registered(), millis, 0, old.startedNanos()));
      RestartAt restart = (RestartAt) RestartDecision.decide(jumped, exited(FAILED, 0), NOW);
      assertThat(restart.at()).isEqualTo(NOW + ofSeconds(5).toNanos());
      assertThat(restart.budget().inRow()).isEqualTo(5);
    }
  }

  @Test
  void countOfRestartsStaysAtItsLargest() {
    WorkerSlot slot =
        Slots.running(policy("backoff:1s..10s"))
            .with(new Budget(Integer.MAX_VALUE, new long[0], false));
    RestartAt restart = (RestartAt) RestartDecision.decide(slot, exited(FAILED, 0), NOW);
    assertThat(restart.at()).isEqualTo(NOW + ofSeconds(10).toNanos());
    assertThat(restart.budget().inRow()).isEqualTo(Integer.MAX_VALUE);
  }
}
