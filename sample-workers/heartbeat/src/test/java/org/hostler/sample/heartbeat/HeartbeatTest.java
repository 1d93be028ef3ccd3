// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.hostler.worker.Datum;
import org.hostler.worker.SettingChange;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingsRefused;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private final SettingDefinition interval = Heartbeat.interval();

  @Test
  void intervalIsTenSecondsAndFollowsAReload() {
    assertThat(interval.name()).isEqualTo("heartbeat.interval");
    assertThat(interval.parse(interval.defaultValue())).isEqualTo(Duration.ofSeconds(10));
    assertThat(interval.change()).isEqualTo(SettingChange.RELOAD);
  }

  @Test
  void bareNumberCountsInSeconds() {
    assertThat(interval.parse("3")).isEqualTo(Duration.ofSeconds(3));
    assertThat(interval.parse("250ms")).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void intervalThatWouldSpinOrNeverBeatIsRefused() {
    assertThatThrownBy(() -> interval.parse("0")).isInstanceOf(SettingsRefused.class);
    assertThatThrownBy(() -> interval.parse("2d")).isInstanceOf(SettingsRefused.class);
  }

  @Test
  void logsTheArgumentAsItWasTyped() {
    assertThat(Heartbeat.text(Datum.parse("still here"))).isEqualTo("still here");
    assertThat(Heartbeat.text(Datum.parse("text:42"))).isEqualTo("42");
    assertThat(Heartbeat.text(Datum.parse("42"))).isEqualTo("42");
    assertThat(Heartbeat.text(Datum.NULL)).isEqualTo("beat");
  }
}
