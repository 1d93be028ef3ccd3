// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.time.Duration;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Component;

/**
 * A worker that registers another one, to be woken when it starts and ends, and shows what it heard
 * as its status.
 */
@Component
@WorkerFunction("parent")
public final class RegisteringWorker implements WorkerMain {

  @Override
  public void run(WorkerContext context) {
    StringBuilder heard = new StringBuilder("heard");
    context.onNotify(event -> context.status(heard.append(' ').append(event.kind()).toString()));
    context
        .workers()
        .registerDynamic(
            BackgroundWorker.builder("child of " + context.entry().name())
                .library("org.hostler.sample.crasher")
                .function("crash")
                .mainArg(context.mainArg())
                .restart(RestartPolicy.never())
                .notify(context.id())
                .build());
    while (true) {
      context.latch().reset();
      context.checkForInterrupts();
      context.latch().await(Duration.ofHours(1));
    }
  }
}
