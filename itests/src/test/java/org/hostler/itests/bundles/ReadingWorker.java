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
 * Reads from the database its argument names, again and again, and listens to the channel {@code
 * words}: shows how often it has read and what it has heard.
 *
 * <p>With a second word it listens to nothing, for what is read-only does not let it.
 */
@Component
@WorkerFunction("read")
public final class ReadingWorker implements WorkerMain {

  @Override
  public void run(WorkerContext context) throws SQLException {
    String[] words = context.mainArg().toString().replace("text:", "").split(" ");
    DatabaseSession session = context.database().connect(words[0], null);
    if (words.length == 1) {
      session.listen("words");
    }
    StringBuilder heard = new StringBuilder();
    for (long number = 1; ; number++) {
      context.latch().reset();
      context.checkForInterrupts();
      session.query("select 1", row -> row.getInt(1));
      for (DatabaseNotification each : session.notifications()) {
        heard.append(' ').append(each.payload());
      }
      context.status("read %d:%s".formatted(number, heard));
      context.latch().await(Duration.ofMillis(20));
    }
  }
}
