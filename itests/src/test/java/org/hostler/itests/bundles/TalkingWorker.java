// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.sql.SQLException;
import java.time.Duration;
import org.hostler.database.DatabaseNotification;
import org.hostler.database.DatabaseSession;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Component;

/**
 * Answers on the channel {@code answer} what it hears on {@code question}, each in a transaction;
 * one that it answers before, in a transaction that is rolled back, must be heard by nobody.
 *
 * <p>Its argument is the database.
 */
@Component
@WorkerFunction("talk")
public final class TalkingWorker implements WorkerMain {

  @Override
  public void run(WorkerContext context) throws SQLException {
    DatabaseSession session =
        context.database().connect(context.mainArg().toString().replace("text:", ""), null);
    session.listen("question");
    context.ready();
    while (true) {
      context.latch().reset();
      context.checkForInterrupts();
      for (DatabaseNotification question : session.notifications()) {
        if (question.payload().equals("enough")) {
          session.unlisten("question");
        }
        answer(session, question.payload());
      }
      context.latch().await(Duration.ofHours(1));
    }
  }

  private static void answer(DatabaseSession session, String word) throws SQLException {
    try {
      session.inTransaction(
          connection -> {
            session.notify("answer", "never " + word);
            throw new SQLException("thought better of it");
          });
    } catch (SQLException rolledBack) {
      session.inTransaction(
          connection -> {
            session.notify("answer", "to " + word);
            return word;
          });
    }
  }
}
