// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.spi.WorkerLauncher.LaunchListener;

/**
 * Carries what a launcher says of one life to the supervisor.
 *
 * <p>All of it goes by the queue of exits: what a life says stays in order.
 *
 * @param supervisor whom to tell
 * @param id the life
 */
record LifeListener(Supervisor supervisor, WorkerId id) implements LaunchListener {
  @Override
  public void started() {
    tell(new Event.Started(id.incarnation()));
  }

  @Override
  public void ready() {
    tell(new Event.Ready(id.incarnation()));
  }

  @Override
  public void exited(ExitStatus status, Ending ending) {
    supervisor.exited(id, status, ending);
  }

  private void tell(Event event) {
    supervisor.post(Inbox.Kind.EXIT, id.slot(), id.generation(), event);
  }
}
