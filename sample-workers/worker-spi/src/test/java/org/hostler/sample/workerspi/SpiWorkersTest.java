// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.workerspi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.Datum;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.SettingChange;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingsRefused;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.StartTime;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiWorkersTest {

  @Test
  void staticWorkerIsPostgresOwn_G13() {
    BackgroundWorker worker = SpiWorkers.fixed(2);
    assertThat(worker.name()).isEqualTo("worker_spi worker 2");
    assertThat(worker.type()).isEqualTo("worker_spi");
    assertThat(worker.restart()).isEqualTo(RestartPolicy.never());
    assertThat(worker.startTime()).isEqualTo(StartTime.RECOVERY_FINISHED);
    assertThat(worker.flags())
        .containsExactlyInAnyOrder(WorkerFlag.SHMEM_ACCESS, WorkerFlag.DATABASE_CONNECTION);
    assertThat(worker.function()).isEqualTo("worker_spi_main");
    assertThat(worker.mainArg()).isEqualTo(Datum.of(2));
    assertThat(worker.notifyId()).isEmpty();
  }

  @Test
  void launchedWorkerWakesWhoAskedForIt() {
    WorkerId asker = new WorkerId(3, 17, 1);
    BackgroundWorker worker = SpiWorkers.launched(4, asker);
    assertThat(worker.name()).isEqualTo("worker_spi dynamic worker 4");
    assertThat(worker.type()).isEqualTo("worker_spi dynamic");
    assertThat(worker.notifyId()).contains(asker);
    assertThat(worker.restart()).isEqualTo(RestartPolicy.never());
  }

  @Test
  void argumentIsTheNumberOfASchemaAsNumberOrText() {
    assertThat(SpiWorkers.index(Datum.of(7))).isEqualTo(7);
    assertThat(SpiWorkers.index(Datum.of("7"))).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "main", "1; drop schema x", "12345678901"})
  void whatIsNoNumberOfASchemaIsRefused(String text) {
    assertThatThrownBy(() -> SpiWorkers.index(Datum.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("argument \"" + text + "\"");
  }

  @Test
  void missingArgumentIsRefused() {
    assertThatThrownBy(() -> SpiWorkers.index(Datum.NULL)).hasMessageContaining("\"null\"");
  }

  @Test
  void napIsTenSecondsAndFollowsAReload_G13() {
    SettingDefinition naptime = SpiSettings.naptime();
    assertThat(naptime.parse(naptime.defaultValue())).isEqualTo(Duration.ofSeconds(10));
    assertThat(naptime.parse("1")).isEqualTo(Duration.ofSeconds(1));
    assertThat(naptime.change()).isEqualTo(SettingChange.RELOAD);
  }

  @Test
  void twoWorkersAndOneToAHundredAtTheNextStart_G13() {
    SettingDefinition total = SpiSettings.fixedAtStart().get(0);
    assertThat(total.name()).isEqualTo("worker_spi.total_workers");
    assertThat(total.parse(total.defaultValue())).isEqualTo(2);
    assertThat(total.parse("100")).isEqualTo(100);
    assertThatThrownBy(() -> total.parse("0")).isInstanceOf(SettingsRefused.class);
    assertThatThrownBy(() -> total.parse("101")).isInstanceOf(SettingsRefused.class);
    assertThat(SpiSettings.fixedAtStart())
        .allMatch(setting -> setting.change() == SettingChange.RESTART);
  }

  @Test
  void databaseAndRoleHaveDefaultsAlsoWhereTheyAreNotDefined() {
    SettingsSnapshot none = SettingsSnapshot.of(1, Map.of());
    assertThat(SpiSettings.database(none)).isEqualTo("main");
    assertThat(SpiSettings.role(none)).isNull();
    SettingsSnapshot given =
        SettingsSnapshot.of(1, Map.of("worker_spi.database", "sales", "worker_spi.role", "clerk"));
    assertThat(SpiSettings.database(given)).isEqualTo("sales");
    assertThat(SpiSettings.role(given)).isEqualTo("clerk");
    SettingsSnapshot empty = SettingsSnapshot.of(1, Map.of("worker_spi.role", ""));
    assertThat(SpiSettings.role(empty)).isNull();
  }
}
