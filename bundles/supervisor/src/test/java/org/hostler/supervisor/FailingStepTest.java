// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hostler.supervisor.ManualSupervisor.worker;
import static org.hostler.worker.RestartPolicy.after;

import java.util.ArrayList;
import java.util.List;
import org.hostler.supervisor.Event.Outlook;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

/** A step that throws marks its worker failed; the supervisor and the other workers go on. */
class FailingStepTest {
  private final ManualSupervisor host = new ManualSupervisor();

  private void assertOthersGoOn() {
    WorkerHandle other = host.register(worker("other"));
    assertThat(other.status()).isEqualTo(HandleStatus.STARTED);
    other.terminate();
    host.life(other.id()).fail();
    assertThat(other.status()).isEqualTo(HandleStatus.STOPPED);
  }

  @Test
  void exitThatCannotBeReadIsAFailure_F34() {
    WorkerId id = host.running(worker("w").restart(after(ofSeconds(5))));
    host.life(id).exit(null);
    assertThat(host.failures).hasSize(1);
    assertThat(host.state(id)).isEqualTo(WorkerState.BACKOFF);
    host.tick(ofSeconds(5));
    assertThat(host.state(id)).isEqualTo(WorkerState.RUNNING);
    assertOthersGoOn();
  }

  @Test
  void workerThatCannotBeAttemptedIsParkedAndTriedAgain_F34() {
    RuntimeException broken = new IllegalStateException("broken");
    ManualSupervisor.World world = host.world;
    host.world =
        (slot, phase) -> {
          if (slot.worker().name().equals("w")) {
            throw broken;
          }
          return new Outlook.Available();
        };
    WorkerHandle handle = host.register(worker("w").restart(after(ofSeconds(5))));
    assertThat(host.failures).containsExactly(broken);
    assertThat(handle.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(host.slot(handle.id()).reason().words())
        .isEqualTo("trying failed: java.lang.IllegalStateException: broken");
    assertOthersGoOn();
    host.world = world;
    host.tick(ofSeconds(5));
    assertThat(handle.status()).isEqualTo(HandleStatus.STARTED);
  }

  @Test
  void workerThatNeverRestartsAndCannotBeAttemptedIsUnregistered_F34() {
    host.world =
        (slot, phase) -> {
          throw new StackOverflowError();
        };
    WorkerHandle handle = host.register(worker("w").restart(RestartPolicy.never()));
    assertThat(handle.status()).isEqualTo(HandleStatus.STOPPED);
    assertThat(host.supervisor.table.used()).isZero();
  }

  @Test
  void lifeThatThrowsAtARequestRunsOnAndIsAbandonedInTime_F34_F13() {
    host.launcher.onTerm =
        life -> {
          throw new IllegalStateException("the control channel is broken");
        };
    WorkerId id = host.running(worker("w"));
    host.deliver(id, new Event.Terminate());
    assertThat(host.failures).hasSize(1);
    assertThat(host.state(id)).isEqualTo(WorkerState.STOPPING);
    assertOthers();
    host.tick(Slots.STOP_TIMEOUT);
    assertThat(host.state(id)).isEqualTo(WorkerState.ABANDONED);
    host.deliver(id, new Event.Signal(WorkerSignal.USR1));
    host.life(id).fail();
    assertThat(host.slot(id)).isNull();
  }

  private void assertOthers() {
    host.launcher.onTerm = life -> {};
    assertOthersGoOn();
  }

  @Test
  void waiterThatThrowsKeepsNobodyElseFromBeingTold_F34() {
    WorkerHandle handle = host.register(worker("w"));
    List<String> told = new ArrayList<>();
    host.supervisor.perform(
        Kind.REQUEST,
        () ->
            host.supervisor
                .hands()
                .afterwards(
                    () -> {
                      throw new IllegalStateException("broken");
                    }));
    handle.gone().thenRun(() -> told.add("gone"));
    host.supervisor.perform(
        Kind.REQUEST,
        () -> {
          host.supervisor
              .hands()
              .afterwards(
                  () -> {
                    throw new StackOverflowError();
                  });
          host.supervisor.apply(
              host.slot(handle.id()), new Event.Exited(1, null, 0), new Moment(0, 0));
        });
    handle.terminate();
    assertThat(host.supervisor.hasWork()).isFalse();
    assertThat(told).containsExactly("gone");
  }

  @Test
  void workOfACallerThatThrowsIsTheCallersTrouble_F34() {
    IllegalStateException mine = new IllegalStateException("mine");
    assertThat(
            catchThrowable(
                () ->
                    host.supervisor.perform(
                        Kind.REQUEST,
                        () -> {
                          throw mine;
                        })))
        .isSameAs(mine);
    assertOthersGoOn();
  }
}
