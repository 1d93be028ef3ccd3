// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.database.DatabaseStat.State;
import org.hostler.worker.stat.HostStat.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulseTest {
  private static final Answer DOWN = new Answer(State.DOWN, "connection refused");
  private static final Answer UP = Answer.of(false);

  @Test
  void databaseThatIsDownIsAskedOftenAtFirstAndEveryTwoSecondsInTheEnd() {
    Pulse pulse = Pulse.UNKNOWN.doubted(0);
    List<Long> asked = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 6; i++) {
      pulse = pulse.asked().answered(DOWN, now, false);
      asked.add((pulse.next() - now) / 1_000_000);
      now = pulse.next();
    }
    assertThat(asked).containsExactly(250L, 500L, 1_000L, 2_000L, 2_000L, 2_000L);
  }

  @Test
  void databaseThatAnswersIsLeftInPeaceUnlessItHoldsThePhases() {
    Pulse down = Pulse.UNKNOWN.answered(DOWN, 0, false);
    assertThat(down.answered(UP, 7, false).next()).isEqualTo(Pulse.NEVER);
    assertThat(down.answered(UP, 7, true).next()).isEqualTo(1_000_000_007L);
    assertThat(down.answered(UP, 7, true).answered(DOWN, 7, true).next()).isEqualTo(250_000_007L);
  }

  @Test
  void doubtAsksAtOnceAndNeverLater() {
    assertThat(Pulse.UNKNOWN.doubted(5).next()).isEqualTo(5);
    assertThat(Pulse.UNKNOWN.doubted(5).doubted(9).next()).isEqualTo(5);
    assertThat(Pulse.UNKNOWN.doubted(5).asked().next()).isEqualTo(Pulse.NEVER);
  }

  @ParameterizedTest
  @CsvSource({
    "08001,DOWN",
    "08006,DOWN",
    "57P01,DOWN",
    "57P03,RECOVERY",
    "28P01,UNKNOWN",
    "53300,UNKNOWN",
    "42501,UNKNOWN"
  })
  void driversFailureSaysHowTheDatabaseIs_S1(String state, State expected) {
    assertThat(Answer.of(new SQLException("x", state)).state()).isEqualTo(expected);
  }

  @Test
  void connectionThatCouldNotBeHadSaysHowTheDatabaseIs_S1() {
    SQLException starting = new SQLException("the database system is starting up", "57P03");
    assertThat(Answer.of(refused(Reason.DATABASE_DOWN, starting)).state())
        .isEqualTo(State.RECOVERY);
    SQLException nobody = new SQLException("connection refused", "08001");
    assertThat(Answer.of(refused(Reason.DATABASE_DOWN, nobody)).state()).isEqualTo(State.DOWN);
    assertThat(Answer.of(refused(Reason.DATABASE_DOWN, null)).down()).isTrue();
    SQLException other = new SQLException("08 is not what it is called", "08001");
    assertThat(Answer.of(refused(Reason.BAD_URL, other)).state()).isEqualTo(State.UNKNOWN);
  }

  private static DatabaseConnectException refused(Reason reason, SQLException cause) {
    return new DatabaseConnectException(reason, "main", "", "words", cause);
  }

  @Test
  void phaseIsWhatTheDefaultDatabaseAllows_S1() {
    assertThat(DOWN.phase(Phase.RUN)).isEqualTo(Phase.STARTUP);
    assertThat(new Answer(State.RECOVERY, "").phase(Phase.RUN)).isEqualTo(Phase.RECOVERY);
    assertThat(Answer.of(true).phase(Phase.STARTUP)).isEqualTo(Phase.HOT_STANDBY);
    assertThat(UP.phase(Phase.STARTUP)).isEqualTo(Phase.RUN);
    Answer noEntry = new Answer(State.UNKNOWN, "wrong password");
    assertThat(noEntry.phase(Phase.STARTUP)).isEqualTo(Phase.STARTUP);
    assertThat(noEntry.phase(Phase.RUN)).isEqualTo(Phase.RUN);
  }
}
