// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.database.DatabaseSession;
import org.hostler.database.SessionStat;
import org.hostler.database.WorkerDatabase.ConnectOption;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.WorkerTerminated;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.junit.Test;

/** Connecting, and transactions, on the embedded database. */
public class SessionsInsideFelix extends SessionFixture {

  @Test
  public void aWorkerThatDidNotAskForAConnectionGetsNoneAndFails_D1() throws Exception {
    offer("unasked", context -> context.database().connect(database(), null));
    WorkerEvent end = end(register(worker("unasked").build()));
    assertThat(end.status()).hasValue(1);
    assertThat(end.detail()).contains("unasked").contains("DATABASE_CONNECTION");
  }

  @Test
  public void aLifeConnectsOnceByEitherCallAlsoIfThatFails_D2() throws Exception {
    does(
        "twice",
        context -> {
          DatabaseSession session = context.database().connect(database(), null);
          assertThatIllegalStateException()
              .isThrownBy(() -> context.database().connect(database(), null))
              .withMessageContaining("twice");
          assertThatIllegalStateException()
              .isThrownBy(() -> context.database().connectByOid(oid(database()), 0));
          assertThat(session.query("select 1", row -> row.getInt(1))).containsExactly(1);
        });
    does(
        "failed",
        context -> {
          assertThatThrownBy(() -> context.database().connect(database(), "nobody"))
              .isInstanceOf(DatabaseConnectException.class);
          assertThatIllegalStateException()
              .isThrownBy(() -> context.database().connect(database(), null));
        });
  }

  @Test
  public void noDatabaseIsTheCatalogAndNoRoleIsTheHostsOwnUser_D3() throws Exception {
    does(
        "catalog",
        context -> {
          DatabaseSession session = context.database().connect(null, null);
          assertThat(session.database()).isEqualTo("catalog");
          assertThat(session.role()).isNotEmpty();
          assertThat(session.query("select name from databases", row -> row.getString(1)))
              .contains("catalog", database());
          assertThat(session.query("select name from workers", row -> row.getString(1)))
              .containsExactly("catalog");
          assertThatThrownBy(() -> session.update("delete from databases"))
              .isInstanceOf(SQLException.class);
        });
    does(
        "zeroes",
        context ->
            assertThat(context.database().connectByOid(0, 0).database()).isEqualTo("catalog"));
  }

  @Test
  public void databaseAndRoleCanBeGivenByTheirNumbers_D3() throws Exception {
    long role =
        Long.parseLong(
            databases
                .execute("catalog", null, "select oid from roles where name = 'alice'")
                .rows()
                .get(0)
                .get(0));
    assertThat(role).isGreaterThanOrEqualTo(16384);
    does(
        "numbers",
        context -> {
          DatabaseSession session = context.database().connectByOid(oid(database()), role);
          assertThat(session.database()).isEqualTo(database());
          assertThat(session.role()).isEqualTo("alice");
          assertThat(session.query("select current_user", row -> row.getString(1)).get(0))
              .isEqualToIgnoringCase("alice");
        });
    assertThat(refused("nonumber", context -> context.database().connectByOid(99, 0)).reason())
        .isEqualTo(Reason.NO_SUCH_DATABASE);
    assertThat(
            refused("norole", context -> context.database().connectByOid(oid(database()), 99))
                .reason())
        .isEqualTo(Reason.NO_SUCH_ROLE);
  }

  @Test
  public void whatStandsInTheWayOfConnectingIsToldAndEndsTheLifeWithOne_D4() throws Exception {
    expect(Reason.NO_SUCH_DATABASE, "3D000", "nowhere", "alice");
    expect(Reason.NO_SUCH_ROLE, "28000", database(), "nobody");
    expect(Reason.LOGIN_NOT_PERMITTED, "28000", database(), "nologin");
    expect(Reason.CONNECTIONS_NOT_ALLOWED, "55000", database() + "closed", "alice");
    expect(Reason.NO_CONNECT_PRIVILEGE, "42501", database() + "private", "bob");
  }

  void expect(Reason reason, String sqlState, String database, String role) throws Exception {
    DatabaseConnectException refusal =
        refused("refused", context -> context.database().connect(database, role));
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    assertThat(refusal.getSQLState()).isEqualTo(sqlState);
    assertThat(refusal.database()).isEqualTo(database);
    assertThat(refusal.role()).isEqualTo(role);
    assertThat(refusal.getMessage()).contains(database, role);
  }

  @Test
  public void optionsPassOverWhatIsNotAllowed_D5() throws Exception {
    does(
        "bypassing",
        context ->
            assertThat(
                    context
                        .database()
                        .connect(database() + "closed", "alice", ConnectOption.BYPASS_ALLOWCONN)
                        .query("select 1", row -> row.getInt(1)))
                .containsExactly(1));
    does(
        "unprivileged",
        context ->
            context
                .database()
                .connect(database() + "private", "bob", ConnectOption.BYPASS_ALLOWCONN));
    does(
        "nologin",
        context ->
            assertThat(
                    context
                        .database()
                        .connect(database(), "nologin", ConnectOption.BYPASS_ROLELOGINCHECK)
                        .query("select current_user", row -> row.getString(1))
                        .get(0))
                .isEqualToIgnoringCase("nologin"));
  }

  @Test
  public void transactionsFollowOneAnotherAndOneWithinAnotherIsRefused_D9() throws Exception {
    table("follows");
    does(
        "follower",
        context -> {
          DatabaseSession session = context.database().connect(database(), null);
          AtomicReference<Connection> kept = new AtomicReference<>();
          session.inTransaction(
              connection -> {
                kept.set(connection);
                session.update("insert into follows values (?)", 1);
                assertThatIllegalStateException()
                    .isThrownBy(() -> session.inTransaction(inner -> inner.isClosed()));
                assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> connection.setAutoCommit(true))
                    .isInstanceOf(SQLException.class);
                return null;
              });
          assertThatThrownBy(() -> kept.get().createStatement().execute("select 1"))
              .isInstanceOf(SQLException.class);
          assertThatThrownBy(
                  () ->
                      session.inTransaction(
                          connection -> {
                            session.update("insert into follows values (?)", 2);
                            throw new SQLException("the work fails", "XX000");
                          }))
              .isInstanceOf(SQLException.class)
              .hasMessage("the work fails");
          assertThatThrownBy(() -> session.update("insert into nowhere values (1)"))
              .isInstanceOf(SQLException.class);
          session.update("insert into follows values (?)", 3);
          assertThat(session.query("select n from follows order by n", row -> row.getInt(1)))
              .containsExactly(1, 3);
        });
    assertThat(column("select n from follows order by n")).containsExactly("1", "3");
  }

  @Test
  public void whatIsNotCommittedIsRolledBackHoweverTheLifeEnds_D9_F46() throws Exception {
    table("undone");
    BlockingQueue<DatabaseSession> sessions = new LinkedBlockingQueue<>();
    WorkerEvent thrown =
        life(
            "throws",
            context -> {
              DatabaseSession session = context.database().connect(database(), null);
              sessions.add(session);
              session.inTransaction(
                  connection -> {
                    session.update("insert into undone values (1)");
                    throw new IllegalStateException("in the middle");
                  });
            });
    assertThat(thrown.detail()).contains("in the middle");
    offer(
        "waits",
        context -> {
          DatabaseSession session = context.database().connect(database(), null);
          sessions.add(session);
          session.inTransaction(
              connection -> {
                session.update("insert into undone values (2)");
                context.ready();
                untilTold(context);
                return null;
              });
        });
    BackgroundWorkerHandle waits = register(client("waits").build());
    assertThat(waits.awaitReady(SOON)).isTrue();
    waits.terminate();
    end(waits);
    assertThat(rows("undone")).isZero();
    sql("drop table undone"); // nobody holds a lock on it
    for (DatabaseSession session : sessions) {
      assertThatThrownBy(() -> session.query("select 1", row -> row.getInt(1)))
          .isInstanceOfAny(SQLException.class, IllegalStateException.class);
    }
    assertThat(databases.sessions()).isEmpty();
  }

  @Test
  public void aSessionBelongsToItsWorkersThread() throws Exception {
    does(
        "own",
        context -> {
          DatabaseSession session = context.database().connect(database(), null);
          CompletableFuture<List<Integer>> elsewhere =
              CompletableFuture.supplyAsync(
                  () -> {
                    try {
                      return session.query("select 1", row -> row.getInt(1));
                    } catch (SQLException e) {
                      throw new AssertionError(e);
                    }
                  });
          assertThatThrownBy(() -> elsewhere.get(SOON.toSeconds(), TimeUnit.SECONDS))
              .isInstanceOf(ExecutionException.class)
              .hasCauseInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  public void aWorkerAskedToEndDoesNotConnectAnyMore() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    offer(
        "late",
        context -> {
          context.ready();
          while (!context.latch().await(SOON)) {
            context.status("waiting");
          }
          try {
            context.database().connect(database(), null);
          } catch (Throwable t) {
            thrown.set(t);
            throw t;
          }
        });
    BackgroundWorkerHandle late = register(client("late").build());
    assertThat(late.awaitReady(SOON)).isTrue();
    late.terminate();
    end(late);
    assertThat(thrown.get()).isInstanceOf(WorkerTerminated.class);
    assertThat(databases.sessions()).isEmpty();
  }

  @Test
  public void aSessionShowsWhatItDoesAndSinceWhen_V3() throws Exception {
    CountDownLatch seenIdle = new CountDownLatch(1); // its own latch may be set by anything
    offer(
        "seen",
        context -> {
          DatabaseSession session = context.database().connect(database(), "alice");
          context.ready();
          assertThat(seenIdle.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
          session.inTransaction(
              connection -> {
                session.query("select 7", row -> row.getInt(1));
                untilTold(context);
                return null;
              });
        });
    BackgroundWorkerHandle seen = register(client("seen").build());
    assertThat(seen.awaitReady(SOON)).isTrue();
    SessionStat idle = databases.session(seen.id()).orElseThrow();
    assertThat(idle.state()).isEqualTo(SessionStat.State.IDLE);
    assertThat(idle.workerName()).isEqualTo("seen");
    assertThat(idle.database()).isEqualTo(database());
    assertThat(idle.role()).isEqualTo("alice");
    seenIdle.countDown();
    awaitThat(
        () ->
            databases
                .session(seen.id())
                .filter(stat -> stat.state() == SessionStat.State.IDLE_IN_TRANSACTION)
                .filter(stat -> stat.statement().equals("select 7"))
                .isPresent());
    SessionStat busy = databases.session(seen.id()).orElseThrow();
    assertThat(busy.since()).isAfter(idle.since().minusMillis(100)); // its clock is coarse
    assertThat(busy.connectedAt()).isEqualTo(idle.connectedAt());
    assertThat(
            databases.databases().stream()
                .filter(stat -> stat.name().equals(database()))
                .flatMap(stat -> stat.sessions().stream())
                .map(SessionStat::workerName))
        .containsExactly("seen");
    seen.terminate();
    await(seen, Kind.EXITED);
    awaitThat(() -> databases.session(seen.id()).isEmpty());
  }
}
