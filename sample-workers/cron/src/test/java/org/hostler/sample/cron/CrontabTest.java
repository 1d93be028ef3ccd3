// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scheduler on an embedded database and on virtual time; its runs end when the test says. */
class CrontabTest {
  private static final Rules RULES =
      new Rules("main", "UTC", 2, Duration.ofMinutes(1), Duration.ofDays(7));

  private final String database = "cron" + System.nanoTime();
  private final JdbcDataSource source = JdbcSession.source(database);
  private final TreeSet<Long> running = new TreeSet<>();
  private final List<Long> launched = new ArrayList<>();
  private Instant now = Instant.parse("2026-05-01T11:59:00Z");
  private final InstantSource clock = () -> now;
  private JdbcSession user;
  private Crontab crontab;

  private final Crontab.Runner runner =
      new Crontab.Runner() {
        @Override
        public void launch(long run, Job job) {
          if (job.command().equals("refuse")) {
            throw new IllegalStateException("no slot is free");
          }
          launched.add(run);
          running.add(run);
        }

        @Override
        public boolean runs(long run) {
          return running.contains(run);
        }
      };

  @BeforeEach
  void open() throws SQLException {
    user = new JdbcSession(database);
    crontab = schedulerStarts();
  }

  @AfterEach
  void remove() throws SQLException {
    user.update("shutdown");
  }

  private Crontab schedulerStarts() throws SQLException {
    Crontab opened = new Crontab(new CronTables(new JdbcSession(database)), runner, clock);
    opened.open();
    return opened;
  }

  private void job(String name, String schedule, String more) throws SQLException {
    user.update(
        "insert into cron.job (jobname, schedule, command) values (?, ?, 'select 1')",
        name,
        schedule);
    if (!more.isEmpty()) {
      user.update("update cron.job set " + more + " where jobname = ?", name);
    }
  }

  private void at(String time) throws SQLException {
    now = Instant.parse(time);
    crontab.round(RULES);
  }

  private void ends(long run, String message) throws SQLException {
    RunRecord record = new RunRecord(source, run, clock);
    record.begin();
    record.succeeded(message);
    running.remove(run);
  }

  private List<String> runs() throws SQLException {
    return user.query(
        "select j.jobname, d.status, d.due_time at time zone 'UTC', d.return_message"
            + " from cron.job_run_details d left join cron.job j on j.jobid = d.jobid"
            + " order by d.runid",
        row ->
            row.getString(1)
                + " "
                + row.getString(2)
                + " "
                + row.getString(3).substring(11, 19)
                + (row.getString(4) == null ? "" : " " + row.getString(4)));
  }

  private String column(String name, String what) throws SQLException {
    return user.query(
            "select " + what + " from cron.job where jobname = ?", row -> row.getString(1), name)
        .get(0);
  }

  @Test
  void jobRunsAtItsTimeAndIsRecorded() throws SQLException {
    job("a", "0 12 * * *", "");
    at("2026-05-01T11:59:30Z");
    assertThat(column("a", "next_due at time zone 'UTC'")).startsWith("2026-05-01 12:00:00");
    at("2026-05-01T11:59:59.9Z");
    assertThat(launched).isEmpty();
    at("2026-05-01T12:00:00Z");
    assertThat(launched).hasSize(1);
    ends(launched.get(0), "1 row");
    at("2026-05-01T12:00:01Z");
    assertThat(runs()).containsExactly("a succeeded 12:00:00 1 row");
    assertThat(column("a", "next_due at time zone 'UTC'")).startsWith("2026-05-02 12:00:00");
  }

  @Test
  void jobThatIsChangedOrDeletedIsSeenInTheNextRound() throws SQLException {
    job("a", "0 13 * * *", "");
    at("2026-05-01T11:59:30Z");
    user.update("update cron.job set schedule = '0 12 * * *'");
    at("2026-05-01T11:59:31Z");
    at("2026-05-01T12:00:00Z");
    assertThat(launched).hasSize(1);
    user.update("delete from cron.job");
    ends(launched.get(0), "1 row");
    at("2026-05-02T12:00:00Z");
    assertThat(launched).hasSize(1);
    assertThat(runs()).containsExactly("null succeeded 12:00:00 1 row");
  }

  @Test
  void brokenScheduleIsMarkedAndHarmsNobodyElse() throws SQLException {
    job("broken", "whenever", "");
    job("nowhere", "* * * * *", "timezone = 'Mars/Olympus'");
    job("good", "* * * * *", "");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    assertThat(launched).hasSize(1);
    assertThat(column("broken", "error")).startsWith("schedule \"whenever\": ");
    assertThat(column("nowhere", "error")).isEqualTo("timezone \"Mars/Olympus\": unknown");
    assertThat(column("good", "error")).isNull();
    user.update("update cron.job set schedule = '1 12 * * *' where jobname = 'broken'");
    at("2026-05-01T12:00:01Z");
    assertThat(column("broken", "error")).isNull();
  }

  @Test
  void jobThatStillRunsIsPassedOver() throws SQLException {
    job("a", "* * * * *", "");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    at("2026-05-01T12:01:00Z");
    ends(launched.get(0), "1 row");
    at("2026-05-01T12:02:00Z");
    assertThat(runs())
        .containsExactly(
            "a succeeded 12:00:00 1 row",
            "a skipped 12:01:00 the run before has not ended",
            "a starting 12:02:00");
  }

  @Test
  void jobThatMayOverlapIsNotPassedOver() throws SQLException {
    job("a", "* * * * *", "overlap = true");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    at("2026-05-01T12:01:00Z");
    assertThat(running).hasSize(2);
  }

  @Test
  void ofTooManyTheRestWaitsForAPlaceAndIsNotMissed() throws SQLException {
    job("a", "0 12 * * *", "");
    job("b", "0 12 * * *", "");
    job("c", "0 12 * * *", "");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    assertThat(launched).hasSize(2);
    at("2026-05-01T12:10:00Z");
    assertThat(launched).hasSize(2);
    ends(launched.get(0), "1 row");
    at("2026-05-01T12:10:01Z");
    assertThat(runs())
        .containsExactly(
            "a succeeded 12:00:00 1 row", "b starting 12:00:00", "c starting 12:00:00");
  }

  @Test
  void jobThatWaitsForAPlaceAndIsSwitchedOffDoesNotRun() throws SQLException {
    job("a", "0 12 * * *", "");
    job("b", "0 12 * * *", "");
    job("c", "0 12 * * *", "");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    user.update("update cron.job set active = false where jobname = 'c'");
    running.clear();
    at("2026-05-01T12:00:01Z");
    assertThat(launched).hasSize(2);
  }

  @Test
  void jobThatWaitsForAPlaceIsRunAsItIsThen() throws SQLException {
    job("a", "0 12 * * *", "");
    job("b", "0 12 * * *", "");
    job("c", "0 12 * * *", "");
    job("d", "0 12 * * *", "");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    user.update("update cron.job set command = 'select 2' where jobname = 'c'");
    user.update("update cron.job set schedule = '0 13 * * *' where jobname = 'd'");
    running.clear();
    at("2026-05-01T12:00:01Z");
    assertThat(
            user.query(
                "select command from cron.job_run_details order by runid", row -> row.getString(1)))
        .containsExactly("select 1", "select 1", "select 2");
  }

  @Test
  void intervalCountsFromTheEndOfTheRunBefore() throws SQLException {
    job("a", "30 seconds", "");
    at("2026-05-01T12:00:00Z");
    at("2026-05-01T12:00:30Z");
    assertThat(launched).hasSize(1);
    at("2026-05-01T12:10:00Z");
    ends(launched.get(0), "1 row");
    at("2026-05-01T12:10:10Z");
    at("2026-05-01T12:10:39Z");
    assertThat(launched).hasSize(1);
    at("2026-05-01T12:10:40Z");
    assertThat(runs()).containsExactly("a succeeded 12:00:30 1 row", "a starting 12:10:40");
  }

  @Test
  void whatWasMissedWhileNobodyLookedIsSkippedOrRunsOnce() throws SQLException {
    job("skip", "0 * * * *", "");
    job("once", "0 * * * *", "missed = 'run_once'");
    at("2026-05-01T12:30:00Z");
    crontab = schedulerStarts();
    at("2026-05-01T15:30:00Z");
    assertThat(runs())
        .containsExactly(
            "skip skipped 13:00:00 missed: nobody looked until 2026-05-01T15:30:00Z",
            "once starting 13:00:00");
    running.clear();
    at("2026-05-01T16:00:00Z");
    assertThat(launched).hasSize(3);
  }

  @Test
  void runThatWasKilledIsRecordedAsFailedByTheNextLife() throws SQLException {
    job("a", "0 12 * * *", "");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    running.clear();
    crontab = schedulerStarts();
    at("2026-05-01T12:00:05Z");
    assertThat(runs()).containsExactly("a failed 12:00:00 ended without a result");
  }

  @Test
  void runThatOutlivesTheSchedulerIsTakenOver() throws SQLException {
    job("a", "* * * * *", "");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    crontab = schedulerStarts();
    at("2026-05-01T12:01:00Z");
    assertThat(runs())
        .containsExactly("a starting 12:00:00", "a skipped 12:01:00 the run before has not ended");
  }

  @Test
  void runThatCannotBeLaunchedIsRecordedAndTheNextComes() throws SQLException {
    job("a", "* * * * *", "command = 'refuse'");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    user.update("update cron.job set command = 'select 1'");
    at("2026-05-01T12:01:00Z");
    assertThat(runs())
        .containsExactly("a failed 12:00:00 not started: no slot is free", "a starting 12:01:00");
  }

  @Test
  void ofTwoSchedulersOneRunsIt() throws SQLException {
    job("a", "0 12 * * *", "");
    at("2026-05-01T11:59:30Z");
    List<Job> seen = new CronTables(new JdbcSession(database)).jobs();
    at("2026-05-01T12:00:00Z");
    Decision.Run late = new Decision.Run(now, Optional.of(Instant.parse("2026-05-02T12:00:00Z")));
    assertThat(new CronTables(new JdbcSession(database)).begin(seen.get(0), late)).isEmpty();
    assertThat(runs()).containsExactly("a starting 12:00:00");
  }

  @Test
  void historyIsPurged() throws SQLException {
    job("a", "0 12 * * *", "");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    ends(launched.get(0), "1 row");
    at("2026-05-08T11:59:59Z");
    assertThat(runs()).anyMatch(run -> run.contains("succeeded"));
    at("2026-05-08T12:01:00Z");
    assertThat(runs()).noneMatch(run -> run.contains("succeeded"));
  }

  @Test
  void runBeginsOnce() throws SQLException {
    job("a", "0 12 * * *", "database = 'sales', username = 'clerk'");
    at("2026-05-01T11:59:30Z");
    at("2026-05-01T12:00:00Z");
    RunRecord record = new RunRecord(source, launched.get(0), clock);
    assertThat(record.begin())
        .isEqualTo(new RunRecord.Order("sales", Optional.of("clerk"), "select 1"));
    assertThatThrownBy(record::begin).hasMessageContaining("is not waiting to be started");
    record.failed("it broke");
    assertThat(runs()).containsExactly("a failed 12:00:00 it broke");
  }

  @Test
  void commandIsOneTransactionAndSaysHowManyRows() throws SQLException {
    user.update("create table t (n integer)");
    assertThat(Command.run(user, "insert into t values (1), (2), (3)")).isEqualTo("3 rows changed");
    assertThat(Command.run(user, "select * from t")).isEqualTo("3 rows");
    assertThat(Command.run(user, "delete from t where n = 3")).isEqualTo("1 row changed");
    assertThatThrownBy(() -> Command.run(user, "insert into t values (4); select 1/0"))
        .isInstanceOf(SQLException.class);
    assertThat(Command.run(user, "select * from t")).isEqualTo("2 rows");
  }
}
