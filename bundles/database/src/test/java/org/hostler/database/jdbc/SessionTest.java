// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hostler.database.DatabaseSession;
import org.hostler.database.SessionStat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker's session on an embedded database. */
class SessionTest {
  @TempDir Path base;
  private TestHost host;
  private WorkerEntrance door;
  private DatabaseSession session;

  @BeforeEach
  void connect() throws SQLException {
    host = new TestHost(base, Map.of());
    door = host.door(TestLife.connecting(0));
    session = door.connect("main", null);
    session.update("CREATE TABLE item (id int PRIMARY KEY, name varchar)");
  }

  @AfterEach
  void close() {
    door.close();
    host.close();
  }

  private List<String> names() throws SQLException {
    return session.query("SELECT name FROM item ORDER BY id", row -> row.getString(1));
  }

  @Test
  void transactionsFollowOneAnother_D9() throws SQLException {
    for (int i = 0; i < 3; i++) {
      int number = i;
      String name =
          session.inTransaction(
              connection -> {
                assertThat(connection.getAutoCommit()).isFalse();
                insert(connection, number);
                return "n" + number;
              });
      assertThat(name).isEqualTo("n" + i);
    }
    assertThat(names()).containsExactly("n0", "n1", "n2");
  }

  @Test
  void sessionIsNotActiveWhileItsWorkerReadsTheRows() throws SQLException {
    insertOutside(1);
    List<SessionStat.State> states =
        session.query("SELECT id FROM item", row -> host.live.all().get(0).stat().get().state());
    assertThat(states).containsExactly(SessionStat.State.IDLE);
    assertThat(host.live.all().get(0).runningFor(Duration.ZERO)).isZero();
  }

  private void insertOutside(int number) throws SQLException {
    assertThat(session.update("INSERT INTO item VALUES (?, ?)", number, "n" + number)).isOne();
  }

  private static void insert(Connection connection, int number) throws SQLException {
    try (var statement = connection.prepareStatement("INSERT INTO item VALUES (?, ?)")) {
      statement.setInt(1, number);
      statement.setString(2, "n" + number);
      assertThat(statement.executeUpdate()).isOne();
    }
  }

  @Test
  void whatTheWorkThrowsComesOutUnchangedAndItsTransactionIsRolledBack() throws SQLException {
    IllegalArgumentException own = new IllegalArgumentException("mine");
    assertThatThrownBy(
            () ->
                session.inTransaction(
                    connection -> {
                      insert(connection, 1);
                      throw own;
                    }))
        .isSameAs(own);
    assertThat(names()).isEmpty();
    session.inTransaction(
        connection -> {
          insert(connection, 2);
          return null;
        });
    assertThat(names()).containsExactly("n2");
  }

  @Test
  void nestedTransactionIsRefusedInWords() {
    assertThatThrownBy(() -> session.inTransaction(c -> session.inTransaction(d -> null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a transaction is under way already")
        .hasMessageContaining("worker 0");
  }

  @Test
  void savepointsWorkAndTheTransactionsEndIsNotTheWorkersBusiness() throws SQLException {
    session.inTransaction(
        connection -> {
          insert(connection, 1);
          Savepoint here = connection.setSavepoint();
          insert(connection, 2);
          connection.rollback(here);
          for (Refused refused :
              List.<Refused>of(
                  Connection::commit,
                  Connection::rollback,
                  Connection::close,
                  c -> c.setAutoCommit(true),
                  c -> c.abort(Runnable::run))) {
            assertThatThrownBy(() -> refused.by(connection))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cannot");
          }
          return null;
        });
    assertThat(names()).containsExactly("n1");
  }

  private interface Refused {
    void by(Connection connection) throws SQLException;
  }

  @Test
  void statementLivesAsLongAsTheSessionAndRunsWithinTransactionsOnly() throws SQLException {
    var statement =
        session.inTransaction(c -> c.prepareStatement("SELECT count(*) FROM item WHERE id < ?"));
    assertThatThrownBy(statement::executeQuery)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("only within a transaction");
    statement.setInt(1, 10);
    for (int i = 0; i < 3; i++) {
      int number = i;
      long count =
          session.inTransaction(
              c -> {
                insert(c, number);
                try (ResultSet result = statement.executeQuery()) {
                  result.next();
                  assertThat(statement.getConnection()).isSameAs(c);
                  return result.getLong(1);
                }
              });
      assertThat(count).isEqualTo(i + 1);
    }
  }

  @Test
  void connectionIsDeadOutsideOfTransactions() throws SQLException {
    Connection kept = session.inTransaction(connection -> connection);
    assertThatThrownBy(kept::createStatement)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("only within a transaction");
    assertThat(session.<Connection>inTransaction(connection -> connection)).isSameAs(kept);
  }

  @Test
  void queryReadsRowsAndUpdateCountsThem() throws SQLException {
    assertThat(session.update("INSERT INTO item VALUES (?, ?), (?, ?)", 1, "a", 2, null))
        .isEqualTo(2);
    assertThat(session.query("SELECT name FROM item ORDER BY id", row -> row.getString(1)))
        .containsExactly("a", null);
    List<List<String>> nested = session.query("SELECT id FROM item ORDER BY id", row -> names());
    assertThat(nested).hasSize(2).allMatch(names -> names.size() == 2);
  }

  @Test
  void manyDifferentStatementsAreKeptWithoutEnd() throws SQLException {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 100; i++) {
        assertThat(session.query("SELECT " + i, row -> row.getInt(1))).containsExactly(i);
      }
    }
  }

  @Test
  void closingRollsBackAndIsIdempotent() throws SQLException {
    WorkerEntrance other = host.door(TestLife.connecting(1));
    DatabaseSession failing = other.connect("main", null);
    assertThatThrownBy(
            () ->
                failing.inTransaction(
                    connection -> {
                      insert(connection, 1);
                      other.close();
                      other.close();
                      return null;
                    }))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("closed");
    assertThat(names()).isEmpty();
    assertThatThrownBy(() -> failing.update("DELETE FROM item")).hasMessageContaining("closed");
    assertThat(host.live.all()).hasSize(1);
  }

  @Test
  void callableStatementsAndBatchesWork() throws SQLException {
    session.inTransaction(
        connection -> {
          try (Statement batch = connection.createStatement();
              var call = connection.prepareCall("CALL ABS(?)")) {
            batch.addBatch("INSERT INTO item VALUES (1, 'a')");
            batch.addBatch("INSERT INTO item VALUES (2, 'b')");
            assertThat(batch.executeBatch()).containsExactly(1, 1);
            call.setInt(1, -5);
            try (ResultSet result = call.executeQuery()) {
              result.next();
              assertThat(result.getInt(1)).isEqualTo(5);
            }
          }
          return null;
        });
    assertThat(names()).containsExactly("a", "b");
  }
}
