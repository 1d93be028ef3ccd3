// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe"); // moves by half an hour
  private static final ZoneId APIA = ZoneId.of("Pacific/Apia"); // left out 30 December 2011

  /** Returns when a schedule is due between two moments, in the zone's own time and offset. */
  private static List<String> due(String schedule, ZoneId zone, String from, String to) {
    Instant end = Instant.parse(to);
    List<String> due = new ArrayList<>();
    Schedule parsed = Schedule.parse(schedule);
    Optional<Instant> next = parsed.next(Instant.parse(from), zone);
    while (next.isPresent() && next.get().isBefore(end)) {
      due.add(next.get().atZone(zone).toOffsetDateTime().toString());
      next = parsed.next(next.get(), zone);
    }
    return due;
  }

  private static List<String> inUtc(String schedule, String from, int times) {
    List<String> due = new ArrayList<>();
    Instant at = LocalDateTime.parse(from).toInstant(ZoneOffset.UTC);
    for (int i = 0; i < times; i++) {
      at = Schedule.parse(schedule).next(at, ZoneOffset.UTC).orElseThrow();
      due.add(at.toString().replace(":00Z", ""));
    }
    return due;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * * *       | 2026-01-01T00:01 2026-01-01T00:02 2026-01-01T00:03
          */20 * * * *    | 2026-01-01T00:20 2026-01-01T00:40 2026-01-01T01:00
          5-50/15 3 * * * | 2026-01-01T03:05 2026-01-01T03:20 2026-01-01T03:35
          0 9 * * mon-fri | 2026-01-01T09:00 2026-01-02T09:00 2026-01-05T09:00
          0 0 * * 7       | 2026-01-04T00:00 2026-01-11T00:00 2026-01-18T00:00
          0 0 1 jan,JUL * | 2026-07-01T00:00 2027-01-01T00:00 2027-07-01T00:00
          0 0 31 * *      | 2026-01-31T00:00 2026-03-31T00:00 2026-05-31T00:00
          0 0 29 2 *      | 2028-02-29T00:00 2032-02-29T00:00 2036-02-29T00:00
          0 0 13 * fri    | 2026-01-02T00:00 2026-01-09T00:00 2026-01-13T00:00
          @hourly         | 2026-01-01T01:00 2026-01-01T02:00 2026-01-01T03:00
          @daily          | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00
          @Weekly         | 2026-01-04T00:00 2026-01-11T00:00 2026-01-18T00:00
          @monthly        | 2026-02-01T00:00 2026-03-01T00:00 2026-04-01T00:00
          @yearly         | 2027-01-01T00:00 2028-01-01T00:00 2029-01-01T00:00
          """)
  void fieldsAreReadAsUnixDoes(String schedule, String expected) {
    assertThat(inUtc(schedule, "2026-01-01T00:00", 3)).containsExactly(expected.split(" "));
  }

  @Test
  void momentItselfIsNotDueAgain() {
    assertThat(inUtc("0 0 * * *", "2026-01-01T00:00:00", 1)).containsExactly("2026-01-02T00:00");
    assertThat(inUtc("0 0 * * *", "2026-01-01T23:59:59.999999999", 1))
        .containsExactly("2026-01-02T00:00");
    assertThat(inUtc("* * * * *", "2026-01-01T00:00:30.5", 1)).containsExactly("2026-01-01T00:01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "60 * * * *",
        "* * * *",
        "* * * * * *",
        "0 0 L * *",
        "*/0 * * * *",
        "0 22-2 * * *",
        "@reboot",
        "0 0 * * xyz"
      })
  void whatIsNoScheduleIsRefusedWithTheText(String text) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("schedule \"" + text + "\": ");
  }

  @Test
  void dayThatNeverComesIsNeverDue() {
    assertThat(Schedule.parse("0 0 30 2 *").next(Instant.EPOCH, BERLIN)).isEmpty();
  }

  @Test
  void timeThatDoesNotExistIsDueOnceWhenTheClocksArePutForward() {
    assertThat(due("30 2 * * *", BERLIN, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
    assertThat(due("0,20,40 2 * * *", NEW_YORK, "2026-03-08T05:00:00Z", "2026-03-09T05:00:00Z"))
        .containsExactly("2026-03-08T03:00-04:00");
    assertThat(due("15 2 * * *", LORD_HOWE, "2026-10-03T12:00:00Z", "2026-10-04T12:00:00Z"))
        .containsExactly("2026-10-04T02:30+11:00");
  }

  @Test
  void theHourAfterTheGapIsNotDisturbed() {
    assertThat(due("0 3 * * *", BERLIN, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"))
        .containsExactly("2026-03-29T03:00+02:00");
    assertThat(due("30 2,3 * * *", BERLIN, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00");
    assertThat(due("*/30 * * * *", BERLIN, "2026-03-29T00:00:00Z", "2026-03-29T02:01:00Z"))
        .containsExactly(
            "2026-03-29T01:30+01:00",
            "2026-03-29T03:00+02:00",
            "2026-03-29T03:30+02:00",
            "2026-03-29T04:00+02:00");
  }

  @Test
  void timeThatComesTwiceIsDueTheFirstTimeOnly() {
    assertThat(due("30 2 * * *", BERLIN, "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z"))
        .containsExactly(
            "2026-10-24T02:30+02:00", "2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    assertThat(due("0,30 1 * * *", NEW_YORK, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"))
        .containsExactly("2026-11-01T01:00-04:00", "2026-11-01T01:30-04:00");
    assertThat(due("45 1 * * *", LORD_HOWE, "2026-04-04T12:00:00Z", "2026-04-05T12:00:00Z"))
        .containsExactly("2026-04-05T01:45+11:00");
  }

  @Test
  void schedulerThatStartsWithinTheSecondRoundDoesNotRepeatTheFirst() {
    assertThat(due("30 2 * * *", BERLIN, "2026-10-25T01:10:00Z", "2026-10-26T12:00:00Z"))
        .containsExactly("2026-10-26T02:30+01:00");
    assertThat(due("30 2,3 * * *", BERLIN, "2026-10-25T01:00:00Z", "2026-10-25T12:00:00Z"))
        .containsExactly("2026-10-25T03:30+01:00");
  }

  @Test
  void everyHourMeansEveryHourAlsoTheOneThatComesTwice() {
    assertThat(due("*/30 * * * *", BERLIN, "2026-10-24T23:59:00Z", "2026-10-25T02:01:00Z"))
        .containsExactly(
            "2026-10-25T02:00+02:00",
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:00+01:00",
            "2026-10-25T02:30+01:00",
            "2026-10-25T03:00+01:00");
    assertThat(due("@hourly", BERLIN, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")).hasSize(23);
    assertThat(due("0 */2 * * *", BERLIN, "2026-10-24T23:00:00Z", "2026-10-25T02:01:00Z"))
        .containsExactly("2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00");
  }

  @Test
  void dayLeftOutOfTheCalendarIsDueOnceWhenTheNextBegins() {
    assertThat(due("0 9 * * *", APIA, "2011-12-29T12:00:00Z", "2012-01-01T12:00:00Z"))
        .containsExactly(
            "2011-12-29T09:00-10:00",
            "2011-12-31T00:00+14:00",
            "2011-12-31T09:00+14:00",
            "2012-01-01T09:00+14:00");
  }

  @Test
  void everyMomentOfAYearIsSeenOnceAndInOrder() {
    for (ZoneId zone : List.of(BERLIN, NEW_YORK, LORD_HOWE)) {
      assertThat(due("30 * * * *", zone, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
          .as(zone.toString())
          .doesNotHaveDuplicates()
          .hasSizeBetween(365 * 24 - 1, 365 * 24 + 1);
      assertThat(due("30 2 * * *", zone, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
          .as(zone.toString())
          .doesNotHaveDuplicates()
          .hasSize(365);
    }
  }

  @ParameterizedTest
  @CsvSource({"30 seconds,PT30S", "1 second,PT1S", "' 5  MINUTES ',PT5M", "24 hours,PT24H"})
  void intervalIsANumberAndAUnitAndEndsOnTheSecond(String text, Duration length) {
    Instant at = Instant.parse("2026-03-29T00:59:50Z");
    assertThat(Schedule.parse(text).next(at, BERLIN)).contains(at.plus(length));
    assertThat(Schedule.parse(text).next(at.plusMillis(900), BERLIN)).contains(at.plus(length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 seconds", "25 hours", "99999999999 seconds", "-1 seconds"})
  void intervalOutsideItsLimitsIsRefused(String text) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("schedule \"" + text + "\": ");
  }
}
