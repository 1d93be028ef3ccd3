// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.util.function.IntSupplier;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.RegisterWorker;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A component that is satisfied only while somebody offers an {@link IntSupplier}. */
@Component
@WorkerFunction("tick")
@RegisterWorker(name = "by-lacking", restart = "never")
public final class LackingComponent implements WorkerMain {
  private final IntSupplier supplier;

  @Activate
  public LackingComponent(@Reference IntSupplier supplier) {
    this.supplier = supplier;
  }

  @Override
  public void run(WorkerContext context) {
    context.status("supplied with " + supplier.getAsInt());
    Waiting.untilTold(context);
  }
}
