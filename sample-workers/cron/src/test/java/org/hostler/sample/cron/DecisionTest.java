// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hostler.sample.cron.Jobs.RULES;
import static org.hostler.sample.cron.Jobs.catchingUp;
import static org.hostler.sample.cron.Jobs.due;
import static org.hostler.sample.cron.Jobs.dueAfterItsEnd;
import static org.hostler.sample.cron.Jobs.inactive;
import static org.hostler.sample.cron.Jobs.inserted;
import static org.hostler.sample.cron.Jobs.overlapping;
import static org.hostler.sample.cron.Jobs.rewritten;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final String NOW = "2026-05-01T12:00:00.2Z";

  private final Job daily = inserted("0 12 * * *");
  private final Job minutely = inserted("* * * * *");
  private final Job interval = inserted("30 seconds");

  private static Decision decide(Job job, boolean running, String now) {
    return Decision.decide(job, running, Instant.parse(now), RULES);
  }

  private static Decision decide(Job job) {
    return decide(job, false, NOW);
  }

  private static Decision.Run run(String due, String next) {
    return new Decision.Run(Instant.parse(due), Optional.of(Instant.parse(next)));
  }

  @Test
  void newJobIsPlannedFromNowOnAndHasMissedNothing() {
    assertThat(decide(daily))
        .isEqualTo(
            new Decision.Plan(
                Optional.of("0 12 * * * UTC"),
                Optional.of(Instant.parse("2026-05-02T12:00:00Z")),
                ""));
  }

  @Test
  void changedScheduleOrZoneIsPlannedAnew() {
    Job planned = due(daily, "2026-05-01T11:59:59Z");
    assertThat(decide(rewritten(planned, "0 13 * * *", Optional.empty())))
        .isEqualTo(
            new Decision.Plan(
                Optional.of("0 13 * * * UTC"),
                Optional.of(Instant.parse("2026-05-01T13:00:00Z")),
                ""));
    assertThat(decide(rewritten(planned, "0 12 * * *", Optional.of("America/New_York"))))
        .isEqualTo(
            new Decision.Plan(
                Optional.of("0 12 * * * America/New_York"),
                Optional.of(Instant.parse("2026-05-01T16:00:00Z")),
                ""));
  }

  @Test
  void jobThatIsNotActiveIsForgottenAndPlannedAnewWhenItIsAgain() {
    Job off = inactive(due(daily, "2026-05-01T12:00:00Z"));
    assertThat(decide(off)).isEqualTo(new Decision.Plan(Optional.empty(), Optional.empty(), ""));
    assertThat(decide(inactive(daily))).isEqualTo(new Decision.Nothing());
  }

  @Test
  void brokenScheduleIsSaidOnce() {
    Job broken = inserted("61 * * * *");
    assertThat(decide(broken))
        .isInstanceOfSatisfying(
            Decision.Plan.class,
            plan -> {
              assertThat(plan.nextDue()).isEmpty();
              assertThat(plan.planned()).contains("61 * * * * UTC");
              assertThat(plan.error()).startsWith("schedule \"61 * * * *\": ");
            });
    assertThat(decide(dueAfterItsEnd(broken))).isEqualTo(new Decision.Nothing());
    assertThat(decide(dueAfterItsEnd(inserted("0 seconds")))).isEqualTo(new Decision.Nothing());
  }

  @Test
  void unknownTimeZoneAndADayThatNeverComesAreSaid() {
    assertThat(decide(rewritten(daily, "0 12 * * *", Optional.of("Europe/Atlantis"))))
        .isInstanceOfSatisfying(
            Decision.Plan.class,
            plan -> assertThat(plan.error()).isEqualTo("timezone \"Europe/Atlantis\": unknown"));
    assertThat(decide(inserted("0 0 31 2 *")))
        .isInstanceOfSatisfying(
            Decision.Plan.class,
            plan -> assertThat(plan.error()).isEqualTo("schedule \"0 0 31 2 *\": never due"));
  }

  @Test
  void jobRunsWhenItIsDueAndNotBefore() {
    Job planned = due(daily, "2026-05-01T12:00:00Z");
    assertThat(decide(planned, false, "2026-05-01T11:59:59.999Z"))
        .isEqualTo(new Decision.Nothing());
    assertThat(decide(planned)).isEqualTo(run("2026-05-01T12:00:00Z", "2026-05-02T12:00:00Z"));
  }

  @Test
  void ofSeveralMomentsOnlyTheLastCounts() {
    Rules patient = new Rules("main", "UTC", 5, Duration.ofHours(1), Duration.ofDays(7));
    Job planned = due(minutely, "2026-05-01T11:50:00Z");
    assertThat(Decision.decide(planned, false, Instant.parse(NOW), patient))
        .isEqualTo(run("2026-05-01T12:00:00Z", "2026-05-01T12:01:00Z"));
  }

  @Test
  void whatIsAtMostAMinuteLateRuns() {
    Job planned = due(daily, "2026-05-01T12:00:00Z");
    assertThat(decide(planned, false, "2026-05-01T12:01:00Z"))
        .isEqualTo(run("2026-05-01T12:00:00Z", "2026-05-02T12:00:00Z"));
  }

  @Test
  void whatIsMissedIsSkippedAndSaidSo() {
    Job planned = due(daily, "2026-04-20T12:00:00Z");
    assertThat(decide(planned, false, "2026-05-01T12:01:00.1Z"))
        .isEqualTo(
            new Decision.Skip(
                Instant.parse("2026-04-20T12:00:00Z"),
                Optional.of(Instant.parse("2026-05-02T12:00:00Z")),
                "missed: nobody looked until 2026-05-01T12:01:00.100Z"));
  }

  @Test
  void whatIsMissedRunsOnceIfTheJobWantsIt() {
    Job planned = catchingUp(due(daily, "2026-04-20T12:00:00Z"));
    assertThat(decide(planned, false, "2026-05-01T15:00:00Z"))
        .isEqualTo(run("2026-04-20T12:00:00Z", "2026-05-02T12:00:00Z"));
  }

  @Test
  void runThatIsDueNowCoversWhatWasMissed() {
    assertThat(decide(due(minutely, "2020-01-01T00:00:00Z"), false, "2026-05-01T12:00:10Z"))
        .isEqualTo(run("2026-05-01T12:00:00Z", "2026-05-01T12:01:00Z"));
    assertThat(
            decide(catchingUp(due(daily, "2026-04-20T12:00:00Z")), false, "2026-05-01T12:00:10Z"))
        .isEqualTo(run("2026-05-01T12:00:00Z", "2026-05-02T12:00:00Z"));
  }

  @Test
  void jobThatStillRunsIsPassedOverUnlessItMayOverlap() {
    Job planned = due(minutely, "2026-05-01T12:00:00Z");
    assertThat(decide(planned, true, NOW))
        .isEqualTo(
            new Decision.Skip(
                Instant.parse("2026-05-01T12:00:00Z"),
                Optional.of(Instant.parse("2026-05-01T12:01:00Z")),
                "the run before has not ended"));
    assertThat(decide(overlapping(planned), true, NOW))
        .isEqualTo(run("2026-05-01T12:00:00Z", "2026-05-01T12:01:00Z"));
  }

  @Test
  void intervalCountsFromTheEndOfTheRunBefore() {
    Job planned = due(interval, "2026-05-01T12:00:00Z");
    assertThat(decide(planned))
        .isEqualTo(new Decision.Run(Instant.parse("2026-05-01T12:00:00Z"), Optional.empty()));
    assertThat(decide(dueAfterItsEnd(interval), true, NOW)).isEqualTo(new Decision.Nothing());
    assertThat(decide(dueAfterItsEnd(interval)))
        .isEqualTo(
            new Decision.Plan(
                Optional.of("30 seconds UTC"),
                Optional.of(Instant.parse("2026-05-01T12:00:30Z")),
                ""));
  }

  @Test
  void intervalOfAJobThatMayOverlapCountsFromItsStart() {
    assertThat(decide(overlapping(due(interval, "2026-05-01T12:00:00Z")), true, NOW))
        .isEqualTo(run("2026-05-01T12:00:00Z", "2026-05-01T12:00:30Z"));
  }

  @Test
  void missedIntervalIsSkippedOrRunsOnce() {
    Job planned = due(interval, "2026-05-01T11:00:00Z");
    assertThat(decide(planned))
        .isInstanceOfSatisfying(
            Decision.Skip.class,
            skip -> assertThat(skip.nextDue()).contains(Instant.parse("2026-05-01T12:00:30Z")));
    assertThat(decide(catchingUp(planned)))
        .isEqualTo(new Decision.Run(Instant.parse("2026-05-01T11:00:00Z"), Optional.empty()));
  }
}
