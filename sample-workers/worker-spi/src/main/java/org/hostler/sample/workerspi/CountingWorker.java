// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.workerspi;

import java.sql.SQLException;
import java.util.OptionalLong;
import org.hostler.database.DatabaseSession;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function {@code worker_spi_main}: folds the delta rows of a table into its total, for ever.
 *
 * <p>Its argument is the number of the schema in which the table lies. What the host ends it with,
 * and what the database throws, goes through it untouched: it has nothing to close.
 */
final class CountingWorker implements WorkerMain {
  private static final Logger LOG = LoggerFactory.getLogger(CountingWorker.class);
  private static final String LOCK_TIMEOUT = "HYT00"; // the embedded database's

  @Override
  public void run(WorkerContext context) throws SQLException {
    String name = context.entry().name();
    CountedTable table = new CountedTable("schema" + SpiWorkers.index(context.mainArg()));
    SettingsSnapshot settings = context.settings();
    DatabaseSession session =
        context.database().connect(SpiSettings.database(settings), SpiSettings.role(settings));
    table.makeIn(session);
    LOG.info("{} initialized with {} in database {}", name, table, session.database());
    context.onReload(() -> {}); // wakes us at a reload: a new naptime holds at once
    context.ready();
    while (true) {
      context.latch().reset(); // before looking for work, or a wake-up is lost
      context.checkForInterrupts(); // throws when asked to terminate: the loop needs no flag
      try {
        OptionalLong total = table.fold(session);
        if (total.isPresent()) {
          LOG.info("{}: count in {} is now {}", name, table, total.getAsLong());
        }
      } catch (SQLException e) {
        if (!othersWereInTheWay(e)) {
          throw e;
        }
        context.latch().set(); // nothing was changed: look at once what they have left
      }
      context.latch().await(context.settings().duration(SpiSettings.NAPTIME));
    }
  }

  /** Tells whether a round failed because of what others did at the same time. */
  private static boolean othersWereInTheWay(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("40") || state.equals(LOCK_TIMEOUT);
  }
}
