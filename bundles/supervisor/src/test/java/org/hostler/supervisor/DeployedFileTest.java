// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.hostler.supervisor.DeployedFile.Stamp;
import org.junit.jupiter.api.Test;

class DeployedFileTest {

  @Test
  void isAtRestWhenItsTimeIsLongerAgoThanClocksOfFilesTick_F20() {
    Instant fine = Instant.parse("2020-02-02T02:02:02.002Z");
    assertThat(written(fine).atRest(fine.plusMillis(20))).isFalse();
    assertThat(written(fine).atRest(fine.plusMillis(21))).isTrue();
    Instant whole = Instant.parse("2020-02-02T02:02:02Z");
    assertThat(written(whole).atRest(whole.plusMillis(3_000))).isFalse();
    assertThat(written(whole).atRest(whole.plusMillis(3_001))).isTrue();
  }

  @Test
  void isNotAtRestWhenItsTimeIsStillToCome_F20() {
    Instant fine = Instant.parse("2020-02-02T02:02:02.002Z");
    assertThat(written(fine).atRest(fine.minusSeconds(60))).isFalse();
  }

  @Test
  void canHaveAnyTime_F20() {
    Instant now = Instant.parse("2020-02-02T02:02:02.002Z");
    assertThat(written(Instant.MAX).atRest(now)).isFalse();
    assertThat(written(Instant.MIN).atRest(now)).isTrue();
  }

  private static Stamp written(Instant time) {
    return new Stamp(1, FileTime.from(time), Optional.empty());
  }
}
