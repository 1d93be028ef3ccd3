// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.hostler.worker.RestartPolicy.Delayed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartPolicyTest {
  private static long[] delays(RestartPolicy policy, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToLong(i -> ((Delayed) policy).delay(i).toMillis())
        .toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "never|never",
        "-1|never",
        " never |never",
        "10s|10s",
        "500ms|500ms",
        "0|0",
        "0s|0",
        "60s|1min",
        "86400000s|1000d",
        "backoff:1s..60s|backoff:1s..1min",
        "'backoff(1s,60s)'|backoff:1s..1min",
        "'backoff(1s, 60s)'|backoff:1s..1min",
        "backoff:1.5s..60s|backoff:1500ms..1min",
        "backoff:500ms..1.5h|backoff:500ms..90min",
        "backoff:0..60s|backoff:0..1min",
        "'backoff:1s..60s,factor=3'|backoff:1s..1min,factor=3",
        "'backoff:1s..60s,factor=1.5,jitter=0.25'|backoff:1s..1min,factor=1.5,jitter=0.25",
        "'backoff(1s,60s),limit=5/60s'|backoff:1s..1min,limit=5/1min",
        "'10s,limit=5/60s'|10s,limit=5/1min",
        "'10s,jitter=1'|10s,jitter=1",
        "'0,limit=1/1ms'|0,limit=1/1ms",
        "'10s,limit=5/60s,healthy=10min'|10s,healthy=10min,limit=5/1min",
        "'backoff:1s..2s , factor = 2 , jitter=0 '|backoff:1s..2s"
      })
  void everyFormOfTheSurfaceIsReadAndWritten(String typed, String written) {
    RestartPolicy policy = RestartPolicy.parse(typed);
    assertThat(policy).hasToString(written);
    assertThat(RestartPolicy.parse(written)).isEqualTo(policy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ever",
        "-2",
        "-1s",
        "10",
        "10 parsecs",
        "86400001s",
        "backoff",
        "backoff:1s",
        "backoff:1s..",
        "backoff:60s..1s",
        "backoff(1s)",
        "backoff(1s,60s)x",
        "backoff:1s..86400001s",
        "never,limit=5/60s",
        "-1,factor=2",
        "10s,",
        "10s,,factor=2",
        "10s,factor=0.5",
        "10s,factor=1001",
        "10s,factor=NaN",
        "10s,factor=Infinity",
        "10s,factor=2d",
        "10s,factor=",
        "10s,factor",
        "10s,jitter=1.1",
        "10s,jitter=-0.1",
        "10s,healthy=0",
        "10s,limit=0/60s",
        "10s,limit=1001/60s",
        "10s,limit=5",
        "10s,limit=5/0",
        "10s,limit=/60s",
        "10s,limit=5/86400001s",
        "10s,color=red"
      })
  void anythingElseIsRefusedWithTheTextThatWasTyped_R7_T19(String typed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartPolicy.parse(typed))
        .withMessageStartingWith("restart \"" + typed + "\": ");
  }

  @Test
  void backoffGrowsByItsFactorUpToItsMaximum() {
    assertThat(delays(RestartPolicy.backoff(ofSeconds(1), ofSeconds(10)), 6))
        .containsExactly(1_000, 2_000, 4_000, 8_000, 10_000, 10_000);
    assertThat(delays(RestartPolicy.backoff(ofSeconds(1), ofSeconds(10)).factor(3), 4))
        .containsExactly(1_000, 3_000, 9_000, 10_000);
    assertThat(delays(RestartPolicy.backoff(ofSeconds(1), ofSeconds(10)).factor(1), 3))
        .containsExactly(1_000, 1_000, 1_000);
    assertThat(delays(RestartPolicy.backoff(ofMillis(100), ofSeconds(1)).factor(1.5), 7))
        .containsExactly(100, 150, 225, 337, 506, 759, 1_000);
  }

  @Test
  void constantIntervalNeverGrows_X8() {
    Delayed policy = (Delayed) RestartPolicy.after(ofSeconds(5));
    assertThat(policy.delay(1)).isEqualTo(ofSeconds(5));
    assertThat(policy.delay(1_000_000)).isEqualTo(ofSeconds(5));
  }

  @Test
  void delayNeitherOverflowsNorShrinks() {
    Delayed policy =
        (Delayed) RestartPolicy.backoff(Duration.ofNanos(1), RestartPolicy.LONGEST).factor(1_000);
    Duration last = Duration.ZERO;
    for (int i = 1; i < 1_000; i++) {
      Duration delay = policy.delay(i);
      assertThat(delay).isBetween(last, RestartPolicy.LONGEST);
      last = delay;
    }
    assertThat(last).isEqualTo(RestartPolicy.LONGEST);
    assertThat(policy.delay(Integer.MAX_VALUE)).isEqualTo(RestartPolicy.LONGEST);
    assertThat(((Delayed) RestartPolicy.backoff(Duration.ZERO, ofSeconds(60))).delay(50))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void neverTakesNoOptions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartPolicy.never().limit(1, ofSeconds(1)))
        .withMessage("restart never: takes no limit");
    assertThatIllegalArgumentException().isThrownBy(() -> RestartPolicy.never().factor(2));
    assertThatIllegalArgumentException().isThrownBy(() -> RestartPolicy.never().jitter(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartPolicy.never().healthy(ofSeconds(1)));
  }

  @Test
  void whatIsWrittenIsReadBackForRandomPolicies() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      RestartPolicy policy = any(random);
      assertThat(RestartPolicy.parse(policy.toString())).isEqualTo(policy);
    }
  }

  private static RestartPolicy any(Random random) {
    Duration min = any(random, 86_399_999);
    Duration max = random.nextBoolean() ? min : min.plus(any(random, 86_399_999 - min.toSeconds()));
    double factor = min.equals(max) ? 1 : 1 + random.nextInt(5_000) / 1_000.0;
    double jitter = random.nextBoolean() ? 0 : Math.pow(random.nextDouble(), 20);
    Delayed policy = new Delayed(min, max, factor, jitter, Optional.empty(), Optional.empty());
    RestartPolicy limited =
        random.nextBoolean()
            ? policy
            : policy.limit(1 + random.nextInt(1_000), any(random, 1_000).plusNanos(1));
    return random.nextBoolean() ? limited : limited.healthy(any(random, 1_000).plusNanos(1));
  }

  private static Duration any(Random random, long mostSeconds) {
    long seconds = (long) (random.nextDouble() * mostSeconds);
    return switch (random.nextInt(3)) {
      case 0 -> Duration.ofSeconds(seconds);
      case 1 -> ofMillis(random.nextInt(5_000));
      default -> Duration.ofSeconds(seconds, random.nextInt(1_000_000_000));
    };
  }
}
