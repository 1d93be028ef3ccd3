// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hostler.itests.postgres.PostgresServer;
import org.junit.Rule;
import org.junit.Test;

/** The sample cron, as somebody uses it. */
public class CronIT {
  private static final String LIBRARY = "org.hostler.sample.cron";
  private static final String SCHEDULER = "cron_scheduler";

  @Rule public final Instances instances = new Instances();

  private Instance started(String... lines) throws IOException {
    Instance host = instances.init("main");
    host.configure("shared_preload_libraries = '" + LIBRARY + "'");
    host.configure(lines);
    host.start();
    host.awaitState(SCHEDULER, "ready");
    return host;
  }

  /** Runs a statement, which holds no double quotes. */
  private static void sql(Instance host, String database, String statement) {
    host.exec("bgw:sql %s \"%s\"".formatted(database, statement)).ok();
  }

  /** Returns the rows of a query, the columns of each joined by blanks. */
  private static List<String> rows(Instance host, String database, String query) {
    JsonNode rows = host.json("bgw:sql --json %s \"%s\"".formatted(database, query)).path("rows");
    return StreamSupport.stream(rows.spliterator(), false)
        .map(
            row ->
                String.join(
                    " ",
                    StreamSupport.stream(row.spliterator(), false).map(JsonNode::asText).toList()))
        .toList();
  }

  private static void job(Instance host, String name, String schedule, String command) {
    sql(
        host,
        "main",
        "insert into cron.job (jobname, schedule, command) values ('%s', '%s', '%s')"
            .formatted(name, schedule, command.replace("'", "''")));
  }

  private static List<String> runs(Instance host, String name, String columns) {
    return rows(
        host,
        "main",
        ("select %s from cron.job_run_details d join cron.job j on j.jobid = d.jobid"
                + " where j.jobname = '%s' order by d.runid")
            .formatted(columns, name));
  }

  private static void awaitRun(Instance host, String name, String statusAndMessage) {
    Await.until(
        "\"" + statusAndMessage + "\" of " + name,
        () ->
            runs(host, name, "d.status, d.return_message").stream()
                .anyMatch(run -> run.startsWith(statusAndMessage)));
  }

  /** Makes a function that takes its time, on the embedded database. */
  private static void makeSleep(Instance host) {
    sql(host, "main", "create alias sleep for 'java.lang.Thread.sleep(long)'");
  }

  @Test
  public void oneSchedulerRunsTheJobsOfTwoDatabasesAndKeepsTheirHistory() throws IOException {
    Instance host = started();
    host.exec("bgw:create-database sales").ok();
    sql(host, "main", "create table beat (n integer)");
    sql(host, "sales", "create table beat (n integer)");
    job(host, "here", "1 second", "insert into beat values (1)");
    job(host, "there", "1 second", "insert into beat values (2), (3)");
    sql(host, "main", "update cron.job set database = 'sales' where jobname = 'there'");
    awaitRun(host, "here", "succeeded 1 row changed");
    awaitRun(host, "there", "succeeded 2 rows changed");
    assertThat(rows(host, "main", "select distinct n from beat")).containsExactly("1");
    assertThat(rows(host, "sales", "select distinct n from beat order by n"))
        .containsExactly("2", "3");
    assertThat(host.lives().get(SCHEDULER)).endsWith(":1");
  }

  @Test
  public void failureIsHistoryAndABrokenScheduleIsMarked() throws IOException {
    Instance host = started();
    job(host, "broken", "now and then", "select 1");
    job(host, "failing", "1 second", "select * from absent");
    job(host, "nowhere", "1 second", "select 1");
    sql(host, "main", "update cron.job set database = 'absent' where jobname = 'nowhere'");
    job(host, "good", "1 second", "select 1");
    awaitRun(host, "good", "succeeded 1 row");
    awaitRun(host, "failing", "failed Table ");
    awaitRun(host, "nowhere", "failed database \"absent\"");
    assertThat(rows(host, "main", "select error from cron.job where jobname = 'broken'"))
        .singleElement()
        .asString()
        .startsWith("schedule \"now and then\": ");
    assertThat(host.lives().get(SCHEDULER)).endsWith(":1");
  }

  @Test
  public void jobDoesNotOverlapUnlessAsked() throws IOException {
    Instance host = started("cron.max_running_jobs = 1000");
    makeSleep(host);
    job(host, "alone", "1 second", "call sleep(1500)");
    job(host, "many", "1 second", "call sleep(30000)");
    sql(host, "main", "update cron.job set overlap = true where jobname = 'many'");
    Await.until(
        "two runs at once",
        () -> runs(host, "many", "d.status").stream().filter("running"::equals).count() >= 2);
    Await.until(
        "three runs",
        () -> runs(host, "alone", "d.status").stream().filter("succeeded"::equals).count() >= 3);
    List<String> gaps =
        rows(
            host,
            "main",
            "select count(*) from cron.job_run_details a join cron.job_run_details b"
                + " on a.jobid = b.jobid and a.runid < b.runid and b.start_time < a.end_time"
                + " join cron.job j on j.jobid = a.jobid where j.jobname = 'alone'");
    assertThat(gaps).containsExactly("0");
  }

  @Test
  public void runIsAWorkerThatCanBeTerminated() throws IOException {
    Instance host = started("worker_stop_timeout = 30s"); // it records its end meanwhile
    makeSleep(host);
    job(host, "long", "1 second", "call sleep(600000)");
    awaitRun(host, "long", "running");
    JsonNode run = host.awaitState("cron run 1", "running");
    assertThat(run.path("type").asText()).isEqualTo("cron run");
    host.awaitStatusText("cron run 1", "call sleep(600000)"::equals);
    sql(host, "main", "update cron.job set active = false");
    assertThat(host.worker("cron run 1")).isPresent();
    host.exec("bgw:terminate --wait 'cron run 1'").ok();
    awaitRun(host, "long", "failed");
    assertThat(host.workers()).containsOnlyKeys(SCHEDULER);
  }

  @Test
  public void killedHostMissesRunsAndRunsSomeOnceWhenItIsBack() throws IOException {
    Instance host = started("cron.missed_after = 1s", "database.main.synchronous_commit = on");
    makeSleep(host);
    sql( // in one transaction: they are planned together
        host,
        "main",
        "insert into cron.job (jobname, schedule, command, missed) values"
            + " ('skip', '4 seconds', 'select 1', 'skip'),"
            + " ('once', '4 seconds', 'select 1', 'run_once')");
    job(host, "long", "1 second", "call sleep(600000)");
    awaitRun(host, "skip", "succeeded");
    awaitRun(host, "once", "succeeded");
    awaitRun(host, "long", "running");
    Await.until( // and neither so soon that it might have begun when the host is killed
        "both planned",
        () ->
            rows(
                        host,
                        "main",
                        "select jobid from cron.job"
                            + " where next_due > current_timestamp + interval '2' second")
                    .size()
                == 2);
    host.kill();
    Instant late = Instant.now().plusSeconds(6);
    Await.until("moment at which both are late", () -> Instant.now().isAfter(late));
    host.start();
    host.awaitState(SCHEDULER, "ready");
    awaitRun(host, "skip", "skipped missed: nobody looked until ");
    awaitRun(host, "long", "failed ended without a result");
    Await.until(
        "run of what was missed",
        () ->
            runs(
                    host,
                    "once",
                    "d.status, case when d.start_time > d.due_time + interval '1' second"
                        + " then 'late' else 'punctual' end")
                .contains("succeeded late"));
    assertThat(runs(host, "once", "d.status")).doesNotContain("skipped");
  }

  @Test
  public void bundleDroppedIntoARunningHostSchedulesAtOnce() throws IOException {
    Instance host = instances.init("main");
    host.start();
    host.drop(LIBRARY);
    host.awaitState(SCHEDULER, "ready");
    job(host, "a", "1 second", "select 1");
    awaitRun(host, "a", "succeeded 1 row");
  }

  @Test
  public void postgresHoldsTheTablesAndRunsJobsAsTheirRole() throws Exception {
    try (PostgresServer postgres = PostgresServer.named("cron").start()) {
      postgres.execute("create role clerk nologin", "create table kept (n int)");
      Instance host =
          started(
              "database.main.url = '" + postgres.url("postgres") + "'",
              "database.main.user = '" + PostgresServer.USER + "'");
      job(host, "who", "1 second", "insert into kept select 1 where current_user = 'clerk'");
      job(host, "vacuum", "1 second", "vacuum kept");
      awaitRun(host, "vacuum", "succeeded done");
      awaitRun(host, "who", "succeeded 0 rows changed");
      postgres.execute("grant insert on kept to clerk");
      sql(host, "main", "update cron.job set username = 'clerk' where jobname = 'who'");
      awaitRun(host, "who", "failed database \"main\" (role \"clerk\"): ");
      postgres.execute("alter role clerk login");
      awaitRun(host, "who", "succeeded 1 row changed");
    }
  }

  @Test
  public void schedulerWaitsForItsDatabaseAndGoesOnWithIt() throws Exception {
    try (PostgresServer postgres = PostgresServer.named("cron-down").start()) {
      Instance host =
          started(
              "cron.missed_after = 1s",
              "database.main.url = '" + postgres.url("postgres") + "'",
              "database.main.user = '" + PostgresServer.USER + "'");
      job(host, "skip", "2 seconds", "select 1");
      awaitRun(host, "skip", "succeeded 1 row");
      postgres.kill();
      JsonNode parked = host.awaitState(SCHEDULER, "parked");
      assertThat(parked.path("reason").asText()).startsWith("DATABASE_DOWN");
      Instant late = Instant.now().plusSeconds(4);
      Await.until("moment at which a run is missed", () -> Instant.now().isAfter(late));
      postgres.start();
      host.awaitState(SCHEDULER, "ready");
      int before = runs(host, "skip", "d.runid").size();
      Await.until("runs go on", () -> runs(host, "skip", "d.runid").size() > before + 2);
      assertThat(host.worker(SCHEDULER).orElseThrow().path("incarnation").asInt()).isEqualTo(2);
    }
  }
}
