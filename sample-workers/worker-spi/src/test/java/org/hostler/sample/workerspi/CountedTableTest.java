// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.workerspi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class CountedTableTest {
  private final CountedTable table = new CountedTable("schema1");
  private String database = "";
  private JdbcSession worker;
  private JdbcSession user;

  @BeforeEach
  void connect(TestInfo test) throws SQLException {
    database = test.getDisplayName() + System.nanoTime();
    worker = new JdbcSession(database);
    user = new JdbcSession(database);
  }

  @AfterEach
  void remove() throws SQLException {
    user.update("shutdown");
  }

  private void insert(String rows) throws SQLException {
    user.update("insert into schema1.counted values " + rows);
  }

  private List<String> rows() throws SQLException {
    return user.query(
        "select type, \"value\" from schema1.counted order by 1, 2",
        row -> row.getString(1) + " " + row.getLong(2));
  }

  @Test
  void deltasAreFoldedIntoTheTotal() throws SQLException {
    table.makeIn(worker);
    insert("('total', 10), ('delta', 1), ('delta', -3), ('delta', 7)");
    assertThat(table.fold(worker)).hasValue(15);
    assertThat(rows()).containsExactly("total 15");
  }

  @Test
  void roundWithoutDeltasChangesNothing() throws SQLException {
    table.makeIn(worker);
    assertThat(table.fold(worker)).isEmpty();
    assertThat(rows()).isEmpty();
    insert("('total', 10)");
    assertThat(table.fold(worker)).isEmpty();
    assertThat(rows()).containsExactly("total 10");
  }

  @Test
  void missingTotalIsMadeAndNoDeltaIsLost() throws SQLException {
    table.makeIn(worker);
    insert("('delta', 4)");
    assertThat(table.fold(worker)).hasValue(4);
    assertThat(rows()).containsExactly("total 4");
  }

  @Test
  void tableKnowsTotalAndDeltaAndHasOneTotal() throws SQLException {
    table.makeIn(worker);
    insert("('total', 0)");
    assertThatThrownBy(() -> insert("('total', 0)")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> insert("('sum', 0)")).isInstanceOf(SQLException.class);
    assertThat(rows()).containsExactly("total 0");
  }

  @Test
  void tableThatIsThereIsKept() throws SQLException {
    table.makeIn(worker);
    insert("('total', 3)");
    table.makeIn(worker);
    assertThat(rows()).containsExactly("total 3");
  }

  @Test
  void whatIsInsertedDuringARoundStaysForTheNext() throws SQLException {
    table.makeIn(worker);
    insert("('delta', 1)");
    OptionalLong total =
        worker.inTransaction(
            connection -> {
              worker.query("select count(*) from schema1.counted", row -> row.getLong(1));
              insert("('delta', 100)");
              worker.update("delete from schema1.counted where type = 'delta'");
              return OptionalLong.empty();
            });
    assertThat(total).isEmpty();
    assertThat(rows()).containsExactly("delta 100");
  }

  @Test
  void ofTwoThatFoldTheSameRowsOneFailsAndChangesNothing() throws SQLException {
    table.makeIn(worker);
    table.makeIn(user);
    insert("('total', 0), ('delta', 5)");
    assertThatThrownBy(
            () ->
                user.inTransaction(
                    connection -> {
                      user.query("select count(*) from schema1.counted", row -> row.getLong(1));
                      assertThat(table.fold(worker)).hasValue(5);
                      return user.update("delete from schema1.counted where type = 'delta'");
                    }))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
    assertThat(rows()).containsExactly("total 5");
  }

  @RepeatedTest(5)
  void workersOfOneTableLoseAndDoubleNothing() throws Exception {
    int workers = 4;
    int inserts = 200;
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Callable<JdbcSession>> connecting = Collections.nCopies(workers, this::connected);
      List<Future<JdbcSession>> sessions = threads.invokeAll(connecting); // all make the table
      List<Future<Long>> folding = new ArrayList<>();
      for (Future<JdbcSession> session : sessions) {
        JdbcSession mine = session.get();
        folding.add(threads.submit(() -> foldUntil(mine, inserts)));
      }
      for (int i = 0; i < inserts; i++) {
        insert("('delta', 1)");
      }
      for (Future<Long> done : folding) {
        assertThat(done.get()).isEqualTo(inserts);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(rows()).containsExactly("total 200");
  }

  private JdbcSession connected() throws SQLException {
    JdbcSession session = new JdbcSession(database);
    table.makeIn(session);
    return session;
  }

  private long foldUntil(JdbcSession session, long goal) throws SQLException {
    long total = 0;
    while (total < goal && !Thread.currentThread().isInterrupted()) {
      try {
        table.fold(session);
        total = total(session);
      } catch (SQLException e) {
        if (!"40001".equals(e.getSQLState())) {
          throw e;
        }
      }
    }
    return total;
  }

  private static long total(JdbcSession session) throws SQLException {
    return session
        .query(
            "select coalesce(sum(\"value\"), 0) from schema1.counted where type = 'total'",
            row -> row.getLong(1))
        .get(0);
  }
}
