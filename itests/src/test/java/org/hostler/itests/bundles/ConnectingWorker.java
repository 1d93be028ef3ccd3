// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Component;

/**
 * A worker that connects and then does nothing; its argument is the name of a database and, after a
 * space, that of a role.
 */
@Component
@WorkerFunction("connect")
public final class ConnectingWorker implements WorkerMain {

  @Override
  public void run(WorkerContext context) throws Exception {
    String[] where = context.mainArg().asText().split(" ");
    context.database().connect(where[0], where.length > 1 ? where[1] : null);
    context.ready();
    Waiting.untilTold(context);
  }
}
