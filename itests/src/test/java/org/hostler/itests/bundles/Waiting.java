// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import java.time.Duration;
import org.hostler.worker.WorkerContext;
import org.osgi.framework.FrameworkUtil;

/** The well-behaved part of every test worker. */
final class Waiting {
  private Waiting() {}

  /** Shows the version of the bundle as the worker's status and waits to be told to stop. */
  static void untilTold(WorkerContext context) {
    context.status("version " + FrameworkUtil.getBundle(Waiting.class).getVersion());
    while (true) {
      context.latch().reset();
      context.checkForInterrupts();
      context.latch().await(Duration.ofHours(1));
    }
  }
}
