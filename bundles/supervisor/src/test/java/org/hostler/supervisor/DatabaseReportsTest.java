// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hostler.supervisor.ManualSupervisor.worker;

import java.util.List;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.Explanation;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

class DatabaseReportsTest {
  private static final RestartPolicy LIMITED = RestartPolicy.parse("1h,limit=1/1h");

  private final ManualSupervisor host = new ManualSupervisor();
  private final DatabaseReports reports = new DatabaseReports(host.supervisor, phase -> {});

  private WorkerId parked(String name) {
    WorkerId id = host.running(worker(name).restart(LIMITED));
    host.databases.down = "connection refused";
    host.life(id).loseDatabase("connection refused");
    return id;
  }

  private void back(WorkerId... ids) {
    host.databases.down = "";
    reports.back(List.of(ids));
  }

  private WorkerReason reason(WorkerId id) {
    return host.slot(id).reason();
  }

  @Test
  void workersParkedOnTheirDatabaseStartAtOnceWhenItIsBackHoweverOftenThatHappens() {
    WorkerId id = parked("w");
    for (int i = 0; i < 100; i++) {
      assertThat(host.state(id)).isEqualTo(WorkerState.PARKED);
      assertThat(reason(id)).isEqualTo(new WorkerReason(Code.DATABASE_DOWN, "connection refused"));
      host.tick(ofMillis(1));
      back(id);
      assertThat(host.launches()).containsExactly("w");
      host.life(id).loseDatabase("connection refused");
    }
  }

  @Test
  void backLeavesOthersAlone() {
    WorkerId fails = host.running(worker("fails").restart(LIMITED));
    host.life(fails).fail();
    WorkerId runs = host.running(worker("runs"));
    WorkerId drained = host.running(worker("drained"));
    host.deliver(drained, new Event.Drain(Slots.STOPPED));
    host.life(drained).exit(ExitStatus.done());
    back(fails, runs, drained, new WorkerId(99, 99, 1));
    assertThat(host.launches()).isEmpty();
    assertThat(host.state(fails)).isEqualTo(WorkerState.BACKOFF);
    assertThat(host.state(drained)).isEqualTo(WorkerState.PARKED);
    assertThat(host.failures).isEmpty();
  }

  @Test
  void databaseThatCameBackUnheardIsFoundWithinFiveSeconds() {
    WorkerId id = parked("w");
    int told = host.told(id).size();
    host.tick(ofHours(1));
    assertThat(host.launches()).isEmpty();
    assertThat(host.told(id)).hasSize(told); // still the same words
    host.databases.down = "it starts up";
    host.tick(ofSeconds(5));
    assertThat(reason(id).words()).isEqualTo("it starts up");
    assertThat(host.told(id)).hasSize(told + 1).endsWith(Kind.PARKED);
    host.databases.down = "";
    host.tick(ofSeconds(5));
    assertThat(host.launches()).containsExactly("w");
  }

  @Test
  void startAfterwardsPassesThePhaseAsAnyOther_S1_S2() {
    WorkerId id = parked("w");
    host.phase(Phase.STARTUP);
    host.tick(ofSeconds(60));
    assertThat(reason(id).code()).isEqualTo(Code.DATABASE_DOWN);
    back(id);
    assertThat(reason(id).code()).isEqualTo(Code.PHASE);
    host.phase(Phase.RUN);
    assertThat(host.launches()).containsExactly("w");
  }

  @Test
  void heldLifeStartsAgainWhenTheRemovalFailedWhateverItsPolicy_D12() {
    WorkerId id = host.running(worker("w").restart(RestartPolicy.never()));
    host.databases.down = "it is being removed";
    reports.hold(id, "it is being removed");
    assertThat(host.life(id).signals).containsExactly(WorkerSignal.TERM);
    host.life(id).exit(ExitStatus.done());
    assertThat(reason(id).toString()).isEqualTo("DATABASE_DOWN: it is being removed");
    host.tick(ofSeconds(60));
    assertThat(host.launches()).isEmpty();
    back(id);
    assertThat(host.launches()).containsExactly("w");
  }

  @Test
  void lifeThatIsStillLeavingWhenItsDatabaseIsBackStartsAsSoonAsItHasLeft() {
    WorkerId id = host.running(worker("w").restart(RestartPolicy.never()));
    reports.hold(id, "it is being removed");
    back(id);
    assertThat(host.launches()).isEmpty();
    host.life(id).exit(ExitStatus.done());
    assertThat(host.launches()).containsExactly("w");
  }

  @Test
  void heldLifeIsUnregisteredWhenTheRemovalSucceeded_D12_T24() {
    WorkerId parked = host.running(worker("parked"));
    WorkerId leaving = host.running(worker("leaving"));
    reports.hold(parked, "it is being removed");
    reports.hold(leaving, "it is being removed");
    host.life(parked).exit(ExitStatus.done());
    reports.terminate(parked);
    reports.terminate(leaving);
    assertThat(host.slot(parked)).isNull();
    host.life(leaving).exit(ExitStatus.failed("asked to end"));
    assertThat(host.slot(leaving)).isNull();
  }

  @Test
  void lifeEndedByForceGoesByItsPolicy_D13() {
    WorkerId id = host.running(worker("w").restart(RestartPolicy.after(ofSeconds(5))));
    reports.signalTerm(id);
    assertThat(host.life(id).signals).containsExactly(WorkerSignal.TERM);
    host.life(id).fail();
    assertThat(host.state(id)).isEqualTo(WorkerState.BACKOFF);
  }

  @Test
  void anotherLifeOfTheWorkerIsNotMeant_F17() {
    WorkerId first = host.running(worker("w").restart(RestartPolicy.after(ofSeconds(0))));
    host.life(first).fail();
    reports.hold(first, "it is being removed");
    reports.signalTerm(first);
    assertThat(host.life(first).id.incarnation()).isEqualTo(2);
    assertThat(host.life(first).signals).isEmpty();
  }

  @Test
  void explanationSaysWhatTheWorkerWaitsFor() throws InterruptedException {
    WorkerId id = parked("w");
    Explanation explanation =
        Explainer.explain(
            host.slot(id),
            new StatReader(host.supervisor, new FunctionDirectory(FakeBundles.HOST))
                .read(host.slot(id)),
            host.supervisor.rules(),
            List.of());
    assertThat(explanation.why()).isEqualTo("DATABASE_DOWN: connection refused");
    assertThat(explanation.next())
        .startsWith("it is started at once when its database is back")
        .contains("bgw:restart");
  }
}
