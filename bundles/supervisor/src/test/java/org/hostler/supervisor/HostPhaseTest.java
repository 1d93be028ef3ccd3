// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hostler.supervisor.ManualSupervisor.worker;

import java.util.ArrayList;
import java.util.List;
import org.hostler.worker.StartTime;
import org.hostler.worker.stat.HostStat.Phase;
import org.junit.jupiter.api.Test;

class HostPhaseTest {
  private final ManualSupervisor host = new ManualSupervisor(10);
  private final List<String> reports = new ArrayList<>();
  private final HostPhase phase =
      new HostPhase(host.supervisor, (key, text) -> reports.add(key + " " + text));
  private final DatabaseReports database = new DatabaseReports(host.supervisor, phase::database);

  private void up() {
    host.seal();
    phase.host(Phase.RUN);
  }

  @Test
  void hostWithoutADatabaseThatHoldsThePhasesRuns_S1() {
    up();
    assertThat(host.supervisor.phase()).isEqualTo(Phase.RUN);
    assertThat(reports).containsExactly("state run");
  }

  @Test
  void whatTheDatabaseSaysBeforeTheSealCountsFromTheSealOn_S1() {
    host.registerStatic(worker("early").startTime(StartTime.HOST_START)).orThrow();
    host.registerStatic(worker("late")).orThrow();
    database.phase(Phase.HOT_STANDBY);
    database.phase(Phase.RECOVERY);
    assertThat(host.supervisor.phase()).isEqualTo(Phase.STARTUP);
    assertThat(reports).isEmpty();
    up();
    assertThat(host.launches()).containsExactly("early");
    assertThat(reports).containsExactly("state recovery");
  }

  @Test
  void phaseFollowsTheDatabaseBothWays_S1_S2_S3() {
    host.registerStatic(worker("w")).orThrow();
    database.phase(Phase.STARTUP);
    up();
    assertThat(host.launches()).isEmpty();
    database.phase(Phase.RUN);
    assertThat(host.launches()).containsExactly("w");
    database.phase(Phase.STARTUP);
    assertThat(host.supervisor.phase()).isEqualTo(Phase.STARTUP);
    assertThat(host.life(host.launcher.launched.get(0).id).signals).isEmpty();
    assertThat(reports).containsExactly("state startup", "state run", "state startup");
  }

  @Test
  void phasesFollowTheHostAloneWhenDatabasesHaveGone() {
    database.phase(Phase.STARTUP);
    up();
    database.close();
    assertThat(host.supervisor.phase()).isEqualTo(Phase.RUN);
    database.phase(Phase.RECOVERY); // too late
    assertThat(host.supervisor.phase()).isEqualTo(Phase.RUN);
  }

  @Test
  void stoppingIsNeverLeft() {
    up();
    host.stop();
    database.phase(Phase.HOT_STANDBY);
    database.close();
    assertThat(host.supervisor.phase()).isEqualTo(Phase.STOPPING);
    assertThat(reports).containsExactly("state run");
    assertThatIllegalArgumentException().isThrownBy(() -> database.phase(Phase.STOPPING));
  }
}
