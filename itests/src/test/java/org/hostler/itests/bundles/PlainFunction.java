// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Component;

/** The plain style: a function that waits for somebody to register a worker. */
@Component
@WorkerFunction("plain")
public final class PlainFunction implements WorkerMain {

  @Override
  public void run(WorkerContext context) {
    Waiting.untilTold(context);
  }
}
