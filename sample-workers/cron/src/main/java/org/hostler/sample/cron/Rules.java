// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.time.Duration;
import java.util.List;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingsSnapshot;

/**
 * The settings of the scheduler, all of which follow a reload.
 *
 * @param database the database that holds the tables; a change is seen by the next life
 * @param timezone the zone of schedules that name none
 * @param maxRunningJobs how many runs there may be at once
 * @param missedAfter how late a run may be before it counts as missed
 * @param keepHistory how long runs that have ended are kept
 */
record Rules(
    String database,
    String timezone,
    int maxRunningJobs,
    Duration missedAfter,
    Duration keepHistory) {
  private static final String DATABASE = "cron.database";
  private static final String TIMEZONE = "cron.timezone";
  private static final String MAX_RUNNING_JOBS = "cron.max_running_jobs";
  private static final String MISSED_AFTER = "cron.missed_after";
  private static final String KEEP_HISTORY = "cron.keep_history";

  static List<SettingDefinition> settings() {
    return List.of(
        SettingDefinition.text(DATABASE, "main")
            .description("Database that holds the tables of jobs and runs."),
        SettingDefinition.text(TIMEZONE, "UTC")
            .description("Time zone of the schedules of jobs that name none."),
        SettingDefinition.integer(MAX_RUNNING_JOBS, 5)
            .range(1, 1_000)
            .description("Number of jobs that may run at the same time."),
        SettingDefinition.duration(MISSED_AFTER, Duration.ofMinutes(1))
            .range(Duration.ofSeconds(1), Duration.ofDays(1))
            .unit("s")
            .description("How late a run may be before it counts as missed."),
        SettingDefinition.duration(KEEP_HISTORY, Duration.ofDays(7))
            .range(Duration.ofSeconds(1), Duration.ofDays(36_500))
            .unit("s")
            .description("How long runs that have ended are kept."));
  }

  static Rules of(SettingsSnapshot settings) {
    return new Rules(
        settings.text(DATABASE),
        settings.text(TIMEZONE),
        settings.integer(MAX_RUNNING_JOBS),
        settings.duration(MISSED_AFTER),
        settings.duration(KEEP_HISTORY));
  }
}
