// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerFlag;

/**
 * Runs each due job in a worker of its own that is started once.
 *
 * <p>So it has a session of its own as the job's role, is seen in {@code bgw:list} with what it
 * does, and can be stopped like any worker, its statement being cancelled. It needs no thread of
 * the scheduler's, and one that hangs hangs alone. Its name tells which run it is, also to a
 * scheduler that was started again meanwhile; names of runs do not come again.
 */
final class RunWorkers implements Crontab.Runner {
  private static final String LIBRARY = "org.hostler.sample.cron";

  private final WorkerContext context;
  private final String database;

  /**
   * Launches for one life of the scheduler.
   *
   * @param context the life
   * @param database the database that holds the tables
   */
  RunWorkers(WorkerContext context, String database) {
    this.context = context;
    this.database = database;
  }

  @Override
  public void launch(long run, Job job) {
    context
        .workers()
        .registerDynamic(
            BackgroundWorker.builder(name(run))
                .type("cron run")
                .flag(WorkerFlag.DATABASE_CONNECTION)
                .restart(RestartPolicy.never())
                .library(LIBRARY)
                .function(CronRun.FUNCTION)
                .mainArg(run)
                .extra(database)
                .notify(context.id()) // its end wakes the scheduler
                .build());
  }

  @Override
  public boolean runs(long run) {
    return context.workers().find(name(run)).stream()
        .map(BackgroundWorkerHandle::status)
        .anyMatch(status -> status != HandleStatus.STOPPED);
  }

  private static String name(long run) {
    return "cron run " + run;
  }
}
