// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.hostler.database.DatabaseSession;
import org.hostler.database.SessionStat;
import org.hostler.itests.blackbox.Stalls;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.junit.Test;

/** Statements that run long, and how they are ended, on the embedded database. */
public class StatementsInsideFelix extends SessionFixture {

  @Test
  public void aStatementThatTakesLongerThanItsTimeOutIsCancelled_D10() throws Exception {
    does(
        "slow",
        context -> {
          DatabaseSession session = context.database().connect(database(), null);
          session.statementTimeout(Duration.ofMillis(100));
          assertThatThrownBy(() -> session.query(longQuery(), row -> row.getInt(1)))
              .isInstanceOfSatisfying(
                  SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(CANCELLED));
          session.statementTimeout(Duration.ZERO);
          assertThat(session.query("select 1", row -> row.getInt(1))).containsExactly(1);
        });
  }

  /** Registers a worker that runs the long query, and waits until it does. */
  private BackgroundWorkerHandle running(String function, RestartPolicy restart, boolean survives)
      throws InterruptedException {
    offer(
        function,
        context -> {
          DatabaseSession session = context.database().connect(database(), null);
          try {
            session.query(longQuery(), row -> row.getInt(1));
          } catch (SQLException e) {
            context.status("SQLSTATE " + e.getSQLState());
            if (!survives) {
              throw e;
            }
            untilTold(context);
          }
        });
    BackgroundWorkerHandle handle = register(client(function).restart(restart).build());
    awaitRunning(handle);
    return handle;
  }

  private void awaitRunning(BackgroundWorkerHandle handle) throws InterruptedException {
    awaitThat(
        () ->
            databases
                .session(handle.id())
                .filter(session -> session.state() == SessionStat.State.ACTIVE)
                .filter(session -> session.statement().equals(longQuery()))
                .isPresent());
  }

  @Test
  public void anIntCancelsTheRunningStatementAndNothingElse() throws Exception {
    BackgroundWorkerHandle handle = running("cancelled", RestartPolicy.never(), true);
    handle.signal(WorkerSignal.INT);
    awaitTrue(
        () ->
            handle
                .stat()
                .filter(stat -> stat.statusText().equals("SQLSTATE " + CANCELLED))
                .isPresent());
    assertThat(databases.session(handle.id()).orElseThrow().state())
        .isEqualTo(SessionStat.State.IDLE);
  }

  @Test
  public void aRequestToEndReachesTheRunningStatementAndTheEventNamesIt() throws Exception {
    BackgroundWorkerHandle term =
        running("termed", RestartPolicy.after(Duration.ofHours(1)), false);
    term.signal(WorkerSignal.TERM);
    WorkerEvent end = await(term, Kind.EXITED);
    assertThat(end.status()).hasValue(1);
    assertThat(end.detail()).contains(longQuery());
    BackgroundWorkerHandle terminated = running("terminated", RestartPolicy.never(), false);
    terminated.terminate();
    assertThat(end(terminated).detail()).contains(longQuery());
    assertThat(databases.sessions()).isEmpty();
  }

  @Test
  public void aStatementThatFailsIsInTheEventOfTheExit() throws Exception {
    WorkerEvent end =
        life(
            "wrong",
            context ->
                context
                    .database()
                    .connect(database(), null)
                    .update("insert into no_such_table values (1)"));
    assertThat(end.status()).hasValue(1);
    assertThat(end.detail()).contains("insert into no_such_table values (1)");
  }

  @Test
  public void anAbandonedWorkersLateWriteFails() throws Exception {
    table("late");
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch over = new CountDownLatch(1);
    offer(
        "stubborn",
        context -> {
          DatabaseSession session = context.database().connect(database(), null);
          try {
            session.inTransaction(
                connection -> {
                  session.update("insert into late values (1)");
                  context.ready();
                  awaitDeaf(go);
                  session.update("insert into late values (2)");
                  return null;
                });
          } catch (Throwable t) {
            thrown.set(t);
            throw t;
          } finally {
            over.countDown();
          }
        });
    BackgroundWorkerHandle handle = register(client("stubborn").build());
    assertThat(handle.awaitReady(SOON)).isTrue();
    handle.terminate();
    await(handle, Kind.ABANDONED);
    awaitThat(() -> databases.session(handle.id()).isEmpty()); // it is taken away after it is told
    sql("insert into late values (9)"); // what it wrote is not in the way
    assertThat(column("select n from late")).containsExactly("9");
    go.countDown();
    assertThat(over.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(thrown.get()).isInstanceOf(SQLException.class);
    handle.awaitGone(SOON);
    assertThat(column("select n from late")).containsExactly("9");
  }

  private static void awaitDeaf(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        open = latch.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException ignored) {
        open = latch.getCount() == 0; // the stubborn one does not listen
      }
    }
  }

  @Test
  public void aWorkerThatNeverChecksHoldsUpNoCommandOnOtherDatabases_D14() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    offer(
        "deaf",
        context -> {
          context.database().connect(database(), null);
          context.ready();
          awaitDeaf(go);
        });
    BackgroundWorkerHandle deaf = register(client("deaf").build());
    assertThat(deaf.awaitReady(SOON)).isTrue();
    try (Stalls stalls = Stalls.measured()) {
      long began = System.nanoTime();
      databases.create("passing_" + database());
      databases.remove("passing_" + database(), false);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertThat(took.minus(stalls.soFar())).isLessThan(Duration.ofSeconds(4));
    }
    go.countDown();
    end(deaf);
  }
}
