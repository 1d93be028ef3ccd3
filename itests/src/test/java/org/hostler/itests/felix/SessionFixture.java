// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import javax.inject.Inject;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseStat;
import org.hostler.database.Databases;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;

/**
 * What tests of sessions share: workers that may connect, and a look at tables from outside.
 *
 * <p>The tests are written once and run on the embedded database and on PostgreSQL. On each there
 * are three databases: an ordinary one, one that nobody may connect to, and one for {@code alice};
 * and two roles, {@code alice} and {@code nologin}.
 */
public class SessionFixture extends WorkersFixture {
  /** PostgreSQL's code of a statement that was cancelled; H2 has the same. */
  static final String CANCELLED = "57014";

  @Inject Databases databases;

  private int lives;

  /** Returns the name of the database. */
  String database() {
    return "h2";
  }

  /** Returns a query that runs for many minutes. */
  String longQuery() {
    return "select count(*) from system_range(1, 1000000) a(n), system_range(1, 1000000) b(n)"
        + " where a.n + b.n = 7";
  }

  /** Begins the description of a worker that may connect. */
  BackgroundWorker.Builder client(String function) {
    return worker(function).flag(WorkerFlag.DATABASE_CONNECTION);
  }

  /** Runs one life of a worker that may connect, and returns the event of its end. */
  WorkerEvent life(String function, WorkerMain main) throws InterruptedException {
    String unique = function + " " + lives++; // of two functions of one name the first is taken
    offer(unique, main);
    return end(
        register(
            BackgroundWorker.builder(function)
                .library(context.getBundle().getSymbolicName())
                .function(unique)
                .flag(WorkerFlag.DATABASE_CONNECTION)
                .restart(RestartPolicy.never())
                .build()));
  }

  /** Waits for the end of a life and of its worker, and returns the event. */
  WorkerEvent end(BackgroundWorkerHandle handle) throws InterruptedException {
    WorkerEvent end =
        await(
            event ->
                (event.kind() == Kind.EXITED || event.kind() == Kind.CRASHED)
                    && event.id().filter(handle.id()::sameWorker).isPresent());
    assertThat(handle.awaitGone(SOON)).isTrue();
    return end;
  }

  /** Runs one life that must end well: what it throws fails the test. */
  void does(String function, WorkerMain main) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    WorkerEvent end =
        life(
            function,
            context -> {
              try {
                main.run(context);
              } catch (Throwable failure) {
                thrown.set(failure);
                throw failure;
              }
            });
    if (thrown.get() != null) {
      throw new AssertionError(function + ": " + thrown.get(), thrown.get());
    }
    assertThat(end.status()).as(end.detail()).hasValue(0);
  }

  /** Runs one life that tries to connect and must not; returns what it got instead. */
  DatabaseConnectException refused(String function, WorkerMain connect)
      throws InterruptedException {
    AtomicReference<DatabaseConnectException> caught = new AtomicReference<>();
    WorkerEvent end =
        life(
            function,
            context -> {
              try {
                connect.run(context);
              } catch (DatabaseConnectException expected) {
                caught.set(expected);
                throw expected;
              }
            });
    assertThat((Throwable) caught.get()).as(function + ": " + end.detail()).isNotNull();
    assertThat(end.kind()).isEqualTo(Kind.EXITED);
    assertThat(end.status()).hasValue(1);
    assertThat(end.detail()).contains(String.valueOf(caught.get().getMessage()).split("\n"));
    return caught.get();
  }

  /** Runs a statement as an operator would. */
  void sql(String statement) throws SQLException {
    databases.execute(database(), null, statement);
  }

  /** Makes a new table with one column. */
  void table(String name) throws SQLException {
    sql("create table " + name + " (n int)");
  }

  /** Returns the first column of a query's rows, as an operator would see it. */
  List<String> column(String query) throws SQLException {
    return databases.execute(database(), null, query).rows().stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  /** Returns how many rows a table has. */
  int rows(String table) throws SQLException {
    return Integer.parseInt(column("select count(*) from " + table).get(0));
  }

  /** Returns the OID of a database. */
  long oid(String name) throws SQLException {
    return databases.databases().stream()
        .filter(stat -> stat.name().equals(name))
        .mapToLong(DatabaseStat::oid)
        .findFirst()
        .orElseThrow();
  }

  /** Waits until something that may fail meanwhile has come about. */
  static void awaitThat(Callable<Boolean> condition) throws InterruptedException {
    awaitTrue(
        () -> {
          try {
            return condition.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }
}
