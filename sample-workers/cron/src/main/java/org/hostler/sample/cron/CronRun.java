// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.hostler.database.DatabaseSession;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Component;

/**
 * The function {@code cron_run}: runs the command of one run, and records what came of it.
 *
 * <p>It uses both doors to databases: its one session for the command, in the job's database and as
 * the job's role; and an ordinary connection, twice for a moment, for the tables.
 */
@Component
@WorkerFunction(CronRun.FUNCTION)
public final class CronRun implements WorkerMain {
  static final String FUNCTION = "cron_run";

  /** Made by Declarative Services. */
  public CronRun() {}

  @Override
  public void run(WorkerContext context) throws SQLException {
    String tables = new String(context.entry().extra(), StandardCharsets.UTF_8);
    DataSource source = context.database().dataSource(tables);
    RunRecord record = new RunRecord(source, context.mainArg().asLong(), InstantSource.system());
    RunRecord.Order order = record.begin();
    context.status(order.command());
    try {
      DatabaseSession session =
          context.database().connect(order.database(), order.username().orElse(null));
      record.succeeded(Command.run(session, order.command()));
    } catch (SQLException e) {
      throw recorded(record, e);
    }
  }

  /** What is thrown is the command's failure, also when that cannot be recorded. */
  private static SQLException recorded(RunRecord record, SQLException failure) {
    try {
      record.failed(failure.getMessage());
    } catch (SQLException unrecorded) {
      failure.addSuppressed(unrecorded);
    }
    return failure;
  }
}
