// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseSession;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What databases had to do with the end of a life. */
class EndingTest {
  @TempDir Path base;
  private TestHost host;
  private TestLife life;
  private WorkerEntrance door;

  @BeforeEach
  void open() {
    host = new TestHost(base, Map.of("database.gone.url", "jdbc:postgresql://127.0.0.1:1/gone"));
    life = TestLife.connecting(0);
    door = host.door(life);
  }

  @AfterEach
  void close() {
    door.close();
    host.close();
  }

  private static ExitStatus failedWith(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return new ExitStatus.Failed(thrown.toString(), trace.toString());
  }

  @Test
  void lifeThatUsedNoDatabaseEndedForAnotherReason() {
    assertThat(door.ending(ExitStatus.failed("it failed"))).isEqualTo(Ending.NONE);
  }

  @Test
  void statementWhoseFailureCameOutIsNamedAndItsDatabaseIsNotDown_X16() throws SQLException {
    DatabaseSession session = door.connect("main", null);
    Throwable thrown = null;
    try {
      session.update("insert into nowhere values (1)");
    } catch (SQLException e) {
      thrown = e;
    }
    assertThat(door.ending(failedWith(thrown)))
        .isEqualTo(new Ending("insert into nowhere values (1)", ""));
    assertThat(door.ending(ExitStatus.failed("another failure"))).isEqualTo(Ending.NONE);
    assertThat(host.mechanism.down(life.id())).isEmpty();
  }

  @Test
  void workerThatCouldNotConnectWaitsForItsDatabase() {
    assertThatThrownBy(() -> door.connect("gone", null))
        .isInstanceOf(DatabaseConnectException.class);
    String words = door.ending(ExitStatus.failed("it failed")).databaseDown();
    assertThat(words).startsWith("database \"gone\"").contains("refused");
    assertThat(host.mechanism.down(life.id())).hasValue(words);
  }

  @Test
  void ordinaryClientWaitsForItsDatabaseToo() {
    assertThatThrownBy(() -> door.dataSource("gone").getConnection())
        .isInstanceOf(DatabaseConnectException.class);
    assertThat(door.ending(ExitStatus.failed("it failed")).databaseDown())
        .startsWith("database \"gone\"");
    assertThat(host.mechanism.down(life.id())).isPresent();
  }

  @Test
  void databaseThatIsNotThereIsNotDown_D4() {
    assertThatThrownBy(() -> door.connect("nowhere", null))
        .isInstanceOf(DatabaseConnectException.class);
    assertThat(door.ending(ExitStatus.failed("it failed"))).isEqualTo(Ending.NONE);
  }
}
