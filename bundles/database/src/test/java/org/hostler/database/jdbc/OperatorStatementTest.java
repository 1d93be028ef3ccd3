// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorStatementTest {
  private static final String LONG =
      "SELECT count(*) FROM SYSTEM_RANGE(1, 2000000000) r(x) WHERE MOD(x, 7) = 3";
  private static final String RUNNING =
      "SELECT count(*) FROM information_schema.sessions WHERE executing_statement LIKE '%2000000000%'"
          + " AND session_id <> session_id()";

  @TempDir Path base;
  private TestHost host;

  @BeforeEach
  void start() {
    host = new TestHost(base, Map.of());
  }

  @AfterEach
  void close() {
    host.close();
  }

  private int running() throws SQLException {
    return Integer.parseInt(host.databases.execute("main", null, RUNNING).rows().get(0).get(0));
  }

  @Test
  void whoIsInterruptedGoesAtOnceAndTheStatementIsCancelled() throws Exception {
    assertThat(running()).isZero();
    SQLException[] thrown = new SQLException[1];
    boolean[] flag = new boolean[1];
    Thread operator =
        new Thread(
            () -> {
              thrown[0] =
                  catchThrowableOfType(
                      SQLException.class, () -> host.databases.execute("main", null, LONG));
              flag[0] = Thread.currentThread().isInterrupted();
            });
    operator.start();
    await(1);
    operator.interrupt();
    operator.join(60_000);
    assertThat(operator.isAlive()).isFalse();
    assertThat(thrown[0].getSQLState()).isEqualTo("57014");
    assertThat(flag[0]).isTrue();
    await(0);
  }

  private void await(int statements) throws SQLException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (running() != statements) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void statementThatFailsIsRolledBackAndSaysWhy() throws SQLException {
    host.databases.execute("main", null, "CREATE TABLE item (id int primary key)");
    SQLException twice =
        catchThrowableOfType(
            SQLException.class,
            () -> host.databases.execute("main", null, "INSERT INTO item VALUES (1), (1)"));
    assertThat(twice.getSQLState()).isEqualTo("23505");
    assertThat(host.databases.execute("main", null, "SELECT count(*) FROM item").rows())
        .isEqualTo(List.of(List.of("0")));
  }
}
