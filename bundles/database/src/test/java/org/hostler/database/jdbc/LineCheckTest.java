// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.hostler.database.jdbc.LineCheck.ServersView;
import org.hostler.database.jdbc.LineCheck.SessionView;
import org.junit.jupiter.api.Test;

class LineCheckTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Backend BACKEND = new Backend(42, "10.0.0.1 5432", "monday", 1_000.5);

  @Test
  void lineIsCutWhenItsServerHasNoSuchSession() {
    assertThat(isCut("10.0.0.1 5432", "monday", Map.of())).isTrue();
  }

  @Test
  void lineIsCutWhenItsServerWasStartedAgain() {
    assertThat(isCut("10.0.0.1 5432", "tuesday", Map.of(42, session("active", 1)))).isTrue();
  }

  @Test
  void lineIsCutWhenAnotherSessionHasGotTheNumber() {
    assertThat(isCut(new SessionView("active", Duration.ofSeconds(1), 1_000.6))).isTrue();
  }

  @Test
  void lineIsCutWhenTheServerHasWaitedForTheWorkerAllTheWhile() {
    assertThat(isCut(session("idle", 5_001))).isTrue();
    assertThat(isCut(session("idle in transaction", 60_000))).isTrue();
    assertThat(isCut(session("idle in transaction (aborted)", 60_000))).isTrue();
  }

  @Test
  void answerThatMayBeOnItsWayIsWaitedFor() {
    assertThat(isCut(session("idle", 5_000))).isFalse();
  }

  @Test
  void statementThatTheServerIsAtWorkOnIsLeftAlone() {
    assertThat(isCut(session("active", 3_600_000))).isFalse();
    assertThat(isCut(session("fastpath function call", 3_600_000))).isFalse();
  }

  @Test
  void whatTheHostMayNotSeeIsLeftAlone() {
    assertThat(isCut(session("", 3_600_000))).isFalse();
  }

  @Test
  void whatAnotherServerBehindTheSameAddressSaysCountsForNothing() {
    assertThat(isCut("10.0.0.2 5432", "monday", Map.of())).isFalse();
    assertThat(isCut("10.0.0.2 5432", "tuesday", Map.of(42, session("idle", 60_000)))).isFalse();
  }

  private static boolean isCut(SessionView session) {
    return isCut("10.0.0.1 5432", "monday", Map.of(42, session));
  }

  private static boolean isCut(String place, String started, Map<Integer, SessionView> sessions) {
    return LineCheck.isCut(BACKEND, new ServersView(place, started, sessions), PATIENCE);
  }

  private static SessionView session(String state, long millis) {
    return new SessionView(state, Duration.ofMillis(millis), 1_000.4);
  }
}
