// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Component;

/**
 * A short life: it connects to the database that its argument names, asks something, and is over.
 */
@Component
@WorkerFunction("query")
public final class QueryingWorker implements WorkerMain {

  @Override
  public void run(WorkerContext context) throws Exception {
    context
        .database()
        .connect(context.mainArg().asText(), null)
        .query("select 1", row -> row.getInt(1));
  }
}
