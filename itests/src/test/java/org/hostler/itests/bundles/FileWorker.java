// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Component;

/** Ends well when the file is there that its argument names: no moment has to be guessed. */
@Component
@WorkerFunction("file")
public final class FileWorker implements WorkerMain {

  @Override
  public void run(WorkerContext context) {
    Path file = Path.of(context.mainArg().asText());
    while (!Files.exists(file)) {
      context.latch().reset();
      context.checkForInterrupts();
      context.latch().await(Duration.ofMillis(20));
    }
  }
}
