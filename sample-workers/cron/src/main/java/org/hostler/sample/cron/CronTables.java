// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hostler.database.DatabaseSession;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code cron.job} and {@code cron.job_run_details}, as the scheduler uses them; the
 * same SQL runs on PostgreSQL and on the embedded database.
 *
 * <p>Whatever moves a job's {@code next_due} expects the value it has read. So of two schedulers
 * that see the same job due, one runs it; and what somebody changes meanwhile is seen first.
 */
final class CronTables {
  private static final List<String> TABLES =
      List.of(
          """
          create table if not exists cron.job (
            jobid bigint generated always as identity primary key,
            jobname text unique,
            schedule text not null,
            command text not null,
            database text,
            username text,
            active boolean default true not null,
            timezone text,
            overlap boolean default false not null,
            missed text default 'skip' not null check (missed in ('skip', 'run_once')),
            planned text,
            next_due timestamp with time zone,
            error text
          )""",
          """
          create table if not exists cron.job_run_details (
            runid bigint generated always as identity primary key,
            jobid bigint not null,
            database text not null,
            username text,
            command text not null,
            status text not null,
            return_message text,
            due_time timestamp with time zone,
            start_time timestamp with time zone,
            end_time timestamp with time zone
          )""",
          "create index if not exists job_run_details_end_time on cron.job_run_details (end_time)");

  private static final String INSERT_RUN =
      "insert into cron.job_run_details"
          + " (jobid, database, username, command, status, return_message, due_time, end_time)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?)";

  private final DatabaseSession session;

  CronTables(DatabaseSession session) {
    this.session = session;
  }

  /** Returns the database that holds the tables. */
  String database() {
    return session.database();
  }

  /** Makes the tables unless they are there. */
  void make() throws SQLException {
    session.inTransaction(
        connection -> {
          // Looks first: "if not exists" would ask for the right to create even where it is made.
          if (count("schemata where schema_name = 'cron'") == 0) {
            session.update("create schema if not exists cron");
          }
          if (count("tables where table_schema = 'cron' and table_name = 'job_run_details'") == 0) {
            for (String statement : TABLES) {
              session.update(statement);
            }
          }
          return null;
        });
  }

  private long count(String what) throws SQLException {
    return session
        .query("select count(*) from information_schema." + what, row -> row.getLong(1))
        .get(0);
  }

  /** Returns every job, in the order of their numbers. */
  List<Job> jobs() throws SQLException {
    return session.query(
        "select jobid, schedule, command, database, username, active, timezone, overlap, missed,"
            + " planned, next_due from cron.job order by jobid",
        CronTables::job);
  }

  private static Job job(ResultSet row) throws SQLException {
    OffsetDateTime nextDue = row.getObject("next_due", OffsetDateTime.class);
    return new Job(
        row.getLong("jobid"),
        row.getString("schedule"),
        row.getString("command"),
        Optional.ofNullable(row.getString("database")),
        Optional.ofNullable(row.getString("username")),
        row.getBoolean("active"),
        Optional.ofNullable(row.getString("timezone")),
        row.getBoolean("overlap"),
        Job.Missed.of(row.getString("missed")),
        Optional.ofNullable(row.getString("planned")),
        Optional.ofNullable(nextDue).map(OffsetDateTime::toInstant));
  }

  /** Notes when a job is due next, or why never. */
  void plan(Job job, Decision.Plan plan) throws SQLException {
    session.update(
        "update cron.job set planned = ?, next_due = ?, error = ? where jobid = ?",
        plan.planned().orElse(null),
        time(plan.nextDue()),
        plan.error().isEmpty() ? null : plan.error(),
        job.id());
  }

  /**
   * Begins a run: moves the job on and records it.
   *
   * @return its number; empty when the job was changed meanwhile, which has changed nothing
   */
  OptionalLong begin(Job job, Decision.Run run) throws SQLException {
    return moveOn(job, run.due(), run.nextDue(), "starting", Optional.empty(), Optional.empty());
  }

  /** Records that a run was passed over, and moves the job on. */
  void skip(Job job, Decision.Skip skip, Instant now) throws SQLException {
    moveOn(job, skip.due(), skip.nextDue(), "skipped", Optional.of(skip.why()), Optional.of(now));
  }

  private OptionalLong moveOn(
      Job job,
      Instant due,
      Optional<Instant> nextDue,
      String status,
      Optional<String> message,
      Optional<Instant> ended)
      throws SQLException {
    return session.inTransaction(
        connection -> {
          int moved =
              session.update(
                  "update cron.job set next_due = ?"
                      + " where jobid = ? and active and planned = ? and next_due = ?",
                  time(nextDue),
                  job.id(),
                  job.planned().orElse(null),
                  time(job.nextDue()));
          return moved == 0
              ? OptionalLong.empty()
              : OptionalLong.of(insertRun(connection, job, due, status, message, ended));
        });
  }

  private long insertRun(
      Connection connection,
      Job job,
      Instant due,
      String status,
      Optional<String> message,
      Optional<Instant> ended)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(INSERT_RUN, new String[] {"runid"})) {
      insert.setLong(1, job.id());
      insert.setString(2, job.database().orElse(database()));
      insert.setString(3, job.username().orElse(null));
      insert.setString(4, job.command());
      insert.setString(5, status);
      insert.setString(6, message.orElse(null));
      insert.setObject(7, time(Optional.of(due)));
      insert.setObject(8, time(ended));
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  /** Records the end of a run that did not record it itself. */
  void fail(long run, String why, Instant now) throws SQLException {
    session.update(
        "update cron.job_run_details set status = 'failed', return_message = ?, end_time = ?"
            + " where runid = ? and status in ('starting', 'running')",
        why,
        time(Optional.of(now)),
        run);
  }

  /** Returns the runs whose end is not recorded, and the job of each. */
  List<OpenRun> openRuns() throws SQLException {
    return session.query(
        "select runid, jobid from cron.job_run_details where status in ('starting', 'running')"
            + " order by runid",
        row -> new OpenRun(row.getLong(1), row.getLong(2)));
  }

  /** Removes the runs that ended before a moment. Returns how many. */
  int purge(Instant before) throws SQLException {
    return session.update(
        "delete from cron.job_run_details where end_time < ?", time(Optional.of(before)));
  }

  private static @Nullable OffsetDateTime time(Optional<Instant> instant) {
    return instant.map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null);
  }

  /** A run whose end is not recorded. */
  record OpenRun(long run, long job) {}
}
