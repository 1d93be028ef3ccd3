// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.workerspi;

import java.time.Duration;
import java.util.Set;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function {@code worker_spi_launch}: launches one more {@code worker_spi_main}, says which it
 * is, and ends.
 *
 * <p>PostgreSQL's function of that name is called from SQL and answers in three ways, which are
 * three ends here: the number of the worker, nothing when there is no slot, or an error when the
 * worker has ended before it was seen to run. Its argument is that of the worker.
 */
final class LaunchingWorker implements WorkerMain {
  private static final Logger LOG = LoggerFactory.getLogger(LaunchingWorker.class);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Set<Reason> NO_SLOT = Set.of(Reason.TABLE_FULL, Reason.QUOTA);

  @Override
  public void run(WorkerContext context) throws InterruptedException {
    int index = SpiWorkers.index(context.mainArg());
    BackgroundWorkerHandle handle;
    try {
      handle = context.workers().registerDynamic(SpiWorkers.launched(index, context.id()));
    } catch (RegistrationRefused refused) {
      if (!NO_SLOT.contains(refused.reason())) {
        throw refused;
      }
      say(context, "nothing launched: " + refused.getMessage());
      return;
    }
    HandleStatus status = handle.awaitStartup(START_TIMEOUT);
    switch (status) {
      case STARTED ->
          say(context, "launched worker_spi dynamic worker " + index + " " + handle.id());
      case NOT_YET_STARTED ->
          throw new IllegalStateException(
              "background worker %s: has not started within %d s and goes on waiting"
                  .formatted(handle.id(), START_TIMEOUT.toSeconds()));
      case STOPPED, POSTMASTER_DIED ->
          throw new IllegalStateException(
              "could not start background process\nworker %s has ended already\n%s"
                  .formatted(handle.id(), "Its last event and the host's log say why."));
    }
  }

  private static void say(WorkerContext context, String text) {
    context.status(text);
    LOG.info("{}: {}", context.entry().name(), text);
  }
}
