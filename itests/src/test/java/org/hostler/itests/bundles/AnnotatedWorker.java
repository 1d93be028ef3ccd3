// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.RegisterWorker;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Component;

/** The annotated style: the component is the function and the registration. */
@Component
@WorkerFunction("tick")
@RegisterWorker(name = "by-annotation", restart = "never")
public final class AnnotatedWorker implements WorkerMain {

  @Override
  public void run(WorkerContext context) {
    Waiting.untilTold(context);
  }
}
