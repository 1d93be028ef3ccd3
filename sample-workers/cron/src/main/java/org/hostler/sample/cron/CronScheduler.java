// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.hostler.database.DatabaseSession;
import org.hostler.worker.Settings;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.RegisterWorker;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The worker that looks at {@code cron.job} once a second and launches what is due.
 *
 * <p>It runs no command itself: each run is a worker of its own, see {@link CronRun}. When its
 * database goes away it fails, as any worker does, and is started again when it is back; what was
 * due meanwhile is then missed.
 */
@Component(immediate = true)
@WorkerFunction("cron_scheduler")
@RegisterWorker(restart = "10s", flag = "DATABASE_CONNECTION")
public final class CronScheduler implements WorkerMain {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /**
   * Defines the settings; repeated when the bundle is updated or started again.
   *
   * @param settings the host's settings
   */
  @Activate
  public CronScheduler(@Reference Settings settings) {
    Rules.settings().forEach(settings::define);
  }

  @Override
  public void run(WorkerContext context) throws SQLException {
    InstantSource clock = InstantSource.system();
    DatabaseSession session =
        context.database().connect(Rules.of(context.settings()).database(), null);
    Crontab crontab =
        new Crontab(new CronTables(session), new RunWorkers(context, session.database()), clock);
    crontab.open();
    context.ready();
    while (true) {
      context.latch().reset(); // before looking for work, or a wake-up is lost
      context.checkForInterrupts(); // throws when asked to terminate: the loop needs no flag
      crontab.round(Rules.of(context.settings()));
      long intoTheSecond = clock.instant().getNano();
      context.latch().await(Duration.ofNanos(SECOND - intoTheSecond)); // jobs are due on the second
    }
  }
}
