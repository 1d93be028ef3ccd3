// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler's work without the worker around it: looks at the tables, decides for each job, and
 * launches what is to run.
 *
 * <p>What it must not forget stands in the tables. In memory it has the runs that have not ended,
 * and those that wait until fewer than {@code max_running_jobs} do; these are not moved on in the
 * table before they are launched, so that none is lost with this object.
 */
final class Crontab {
  private static final Logger LOG = LoggerFactory.getLogger(Crontab.class);
  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);

  /** Runs what is due, elsewhere. */
  interface Runner {
    /**
     * Launches a run.
     *
     * @throws RuntimeException when it cannot be launched
     */
    void launch(long run, Job job);

    /** Tells whether a run that was launched, by whomever, has not ended. */
    boolean runs(long run);
  }

  private final CronTables tables;
  private final Runner runner;
  private final InstantSource clock;
  private final Map<Long, Long> jobOfRun = new TreeMap<>();
  private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
  private Instant nextPurge = Instant.MIN;

  private record Waiting(Job job, Decision.Run run) {}

  Crontab(CronTables tables, Runner runner, InstantSource clock) {
    this.tables = tables;
    this.runner = runner;
    this.clock = clock;
  }

  /** Makes the tables, and takes over the runs of an earlier life that have not ended. */
  void open() throws SQLException {
    tables.make();
    tables.openRuns().forEach(open -> jobOfRun.put(open.run(), open.job()));
  }

  /** Looks at everything once. */
  void round(Rules rules) throws SQLException {
    Instant now = clock.instant();
    recordEnds(now);
    for (Job job : tables.jobs()) {
      if (!stillWaits(job, rules)) {
        act(job, Decision.decide(job, jobOfRun.containsValue(job.id()), now, rules), now);
      }
    }
    launch(rules.maxRunningJobs(), now);
    if (!now.isBefore(nextPurge)) {
      tables.purge(now.minus(rules.keepHistory()));
      nextPurge = now.plus(PURGE_INTERVAL);
    }
  }

  /** A job that waits for a place is run as it is then, and not at all when it was switched off. */
  private boolean stillWaits(Job job, Rules rules) {
    if (!job.active() || !job.planned().equals(Optional.of(job.plan(rules)))) {
      waiting.remove(job.id());
    }
    return waiting.computeIfPresent(job.id(), (id, known) -> new Waiting(job, known.run())) != null;
  }

  /** A run records its end itself; one that could not, because it was killed, did not. */
  private void recordEnds(Instant now) throws SQLException {
    for (Long run : Map.copyOf(jobOfRun).keySet()) {
      if (!runner.runs(run)) {
        tables.fail(run, "ended without a result", now);
        jobOfRun.remove(run);
      }
    }
  }

  private void act(Job job, Decision decision, Instant now) throws SQLException {
    if (decision instanceof Decision.Plan plan) {
      tables.plan(job, plan);
      if (!plan.error().isEmpty()) {
        LOG.warn("cron job {}: {}", job.id(), plan.error());
      }
    } else if (decision instanceof Decision.Skip skip) {
      tables.skip(job, skip, now);
      LOG.info("cron job {}, due {}: skipped, {}", job.id(), skip.due(), skip.why());
    } else if (decision instanceof Decision.Run run) {
      waiting.put(job.id(), new Waiting(job, run));
    }
  }

  private void launch(int atMost, Instant now) throws SQLException {
    var next = waiting.values().iterator();
    while (next.hasNext() && jobOfRun.size() < atMost) {
      Waiting due = next.next();
      next.remove();
      OptionalLong run = tables.begin(due.job(), due.run());
      if (run.isPresent()) {
        launch(run.getAsLong(), due.job(), now);
      }
    }
  }

  private void launch(long run, Job job, Instant now) throws SQLException {
    try {
      runner.launch(run, job);
      jobOfRun.put(run, job.id());
    } catch (RuntimeException refused) {
      tables.fail(run, "not started: " + refused.getMessage(), now);
      LOG.warn("cron job {}, run {}: not started: {}", job.id(), run, refused.getMessage());
    }
  }
}
