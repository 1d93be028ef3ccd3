// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.hostler.database.DatabaseSession;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Component;

/**
 * Connects, and begins to listen when a file is there; ready as soon as it listens.
 *
 * <p>Its argument is {@code DATABASE FILE}.
 */
@Component
@WorkerFunction("listen")
public final class LateListener implements WorkerMain {

  @Override
  public void run(WorkerContext context) throws SQLException {
    String[] words = context.mainArg().asText().split(" ");
    DatabaseSession session = context.database().connect(words[0], null);
    context.status("connected");
    while (!Files.exists(Path.of(words[1]))) {
      context.latch().reset();
      context.checkForInterrupts();
      context.latch().await(Duration.ofMillis(20));
    }
    session.listen("words");
    context.ready();
    Waiting.untilTold(context);
  }
}
