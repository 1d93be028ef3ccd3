// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hostler.database.jdbc.LineCheck.ServersView;
import org.junit.jupiter.api.Test;

class LineCheckTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Test
  void lineIsCutWhenTheServerHasNoSuchSession() {
    assertThat(LineCheck.isCut(null, PATIENCE)).isTrue();
  }

  @Test
  void lineIsCutWhenTheServerHasWaitedForTheWorkerAllTheWhile() {
    assertThat(LineCheck.isCut(view("idle", 5_001), PATIENCE)).isTrue();
    assertThat(LineCheck.isCut(view("idle in transaction", 60_000), PATIENCE)).isTrue();
    assertThat(LineCheck.isCut(view("idle in transaction (aborted)", 60_000), PATIENCE)).isTrue();
  }

  @Test
  void answerThatMayBeOnItsWayIsWaitedFor() {
    assertThat(LineCheck.isCut(view("idle", 5_000), PATIENCE)).isFalse();
  }

  @Test
  void statementThatTheServerIsAtWorkOnIsLeftAlone() {
    assertThat(LineCheck.isCut(view("active", 3_600_000), PATIENCE)).isFalse();
    assertThat(LineCheck.isCut(view("fastpath function call", 3_600_000), PATIENCE)).isFalse();
  }

  @Test
  void whatTheHostMayNotSeeIsLeftAlone() {
    assertThat(LineCheck.isCut(view("", 3_600_000), PATIENCE)).isFalse();
  }

  private static ServersView view(String state, long millis) {
    return new ServersView(state, Duration.ofMillis(millis));
  }
}
