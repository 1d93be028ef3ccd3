// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hostler.database.DatabaseSession;
import org.hostler.database.SessionStat.State;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements that are cancelled, take too long, fail, or run while the session is taken away. */
@Timeout(60)
class CancelTest {
  private static final String LONG =
      "SELECT count(*) FROM SYSTEM_RANGE(1, 2000000000) r(x) WHERE MOD(x, 7) = 3";

  @TempDir Path base;
  private TestHost host;
  private WorkerEntrance door;
  private DatabaseSession session;

  @BeforeEach
  void connect() throws SQLException {
    host = new TestHost(base, Map.of());
    door = host.door(TestLife.connecting(0));
    session = door.connect("main", null);
  }

  @AfterEach
  void close() {
    door.close();
    host.close();
  }

  /** Runs something on another thread as soon as the statement runs. */
  private Thread whenActive(Runnable action) {
    Thread thread =
        new Thread(
            () -> {
              while (host.databases.sessions().stream()
                  .noneMatch(stat -> stat.state() == State.ACTIVE)) {
                Thread.onSpinWait();
              }
              action.run();
            });
    thread.start();
    return thread;
  }

  @Test
  void cancelReachesTheRunningStatement() throws Exception {
    assertThat(door.cancelStatement()).isFalse();
    boolean[] asked = new boolean[2];
    Thread canceller =
        whenActive(
            () -> {
              asked[0] = door.cancelStatement();
              asked[1] = door.cancelStatement();
            });
    SQLException cancelled =
        catchThrowableOfType(SQLException.class, () -> session.query(LONG, row -> row.getLong(1)));
    canceller.join();
    assertThat(cancelled.getSQLState()).isEqualTo("57014");
    assertThat(asked).containsExactly(true, false);
    assertThat(session.query("SELECT 1", row -> row.getInt(1))).containsExactly(1);
  }

  @Test
  void statementTimeoutEndsWhatTakesLonger_D10() throws SQLException {
    session.statementTimeout(Duration.ofMillis(50));
    SQLException late =
        catchThrowableOfType(SQLException.class, () -> session.query(LONG, row -> row.getLong(1)));
    assertThat(late.getSQLState()).isEqualTo("57014");
    session.statementTimeout(Duration.ZERO);
    assertThat(session.query("SELECT 1", row -> row.getInt(1))).containsExactly(1);
    assertThatThrownBy(() -> session.statementTimeout(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void abandonedSessionIsTakenAwayAtOnceAndTheStatementEnds() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    Thread closer =
        whenActive(
            () -> {
              long begun = System.nanoTime();
              door.close();
              assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(10));
              closed.countDown();
            });
    assertThatThrownBy(() -> session.query(LONG, row -> row.getLong(1)))
        .isInstanceOf(SQLException.class);
    assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    closer.join();
    assertThatThrownBy(() -> session.update("CREATE TABLE late (id int)"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("closed");
    assertThat(host.live.all()).isEmpty();
  }

  @Test
  void whatItDoesIsSeenWhileItDoesIt() throws SQLException {
    assertThat(host.databases.sessions())
        .singleElement()
        .satisfies(
            stat -> {
              assertThat(stat.state()).isEqualTo(State.IDLE);
              assertThat(stat.statement()).isEmpty();
              assertThat(stat.database()).isEqualTo("main");
              assertThat(stat.since()).isAfterOrEqualTo(stat.connectedAt().minusMillis(100));
            });
    session.inTransaction(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item (id int)");
          }
          assertThat(host.databases.session(new TestLife(0).id()))
              .hasValueSatisfying(
                  stat -> {
                    assertThat(stat.state()).isEqualTo(State.IDLE_IN_TRANSACTION);
                    assertThat(stat.statement()).isEqualTo("CREATE TABLE item (id int)");
                  });
          return null;
        });
    assertThat(host.databases.sessions().get(0).state()).isEqualTo(State.IDLE);
  }

  @Test
  void failureThatCameOutIsInTheEndingWithItsStatement() {
    SQLException failed =
        catchThrowableOfType(
            SQLException.class, () -> session.update("INSERT INTO\n  nowhere VALUES (1)"));
    Ending ending = door.ending(new ExitStatus.Failed("", failed.toString()));
    assertThat(ending.statement()).isEqualTo("INSERT INTO nowhere VALUES (1)");
    assertThat(door.ending(new ExitStatus.Failed("java.lang.Error: else", "")).statement())
        .isEmpty();
  }

  @Test
  void statementOfAnEndingIsCut() {
    SQLException failed =
        catchThrowableOfType(
            SQLException.class, () -> session.update("SELECT nothing" + " ".repeat(2_000) + "x"));
    String statement = door.ending(new ExitStatus.Failed("", failed.toString())).statement();
    assertThat(statement).hasSize(1_000).startsWith("SELECT nothing").endsWith("…");
  }
}
