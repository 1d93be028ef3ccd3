// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hostler.database.DatabaseSession;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.WorkerContext;

/**
 * Transactions of a worker's session beside the same statements on the driver's own connection,
 * which is the one under that session, in turn; and what a connected worker takes of the memory.
 */
final class SessionBenchmark implements InHost {
  private static final int WARM_UP = 60_000;
  private static final int KEYS = 1_000;
  private static final String INSERT = "insert into bench_insert (a) values (?)";
  private static final String SELECT = "select b from bench_select where a = ?";

  private final int rounds;
  private final String database;
  private final int transactions;
  private final int connected;

  /**
   * Makes it.
   *
   * @param database the database the workers connect to
   * @param transactions how many make one figure
   * @param connected how many workers are connected at once to see what each takes
   */
  SessionBenchmark(int rounds, String database, int transactions, int connected) {
    this.rounds = rounds;
    this.database = database;
    this.transactions = transactions;
    this.connected = connected;
  }

  /** One transaction. */
  private interface Transaction {
    void run(int number) throws SQLException;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws Exception {
    Figures figures = new Figures(out);
    BlockingQueue<Object> done = new LinkedBlockingQueue<>();
    functions.connecting(
        context -> {
          try {
            measure(context, figures);
            done.add("measured");
          } catch (SQLException | RuntimeException e) {
            done.add(e);
            throw e;
          }
        });
    workers.registerDynamic(Functions.connecting(0));
    if (done.take() instanceof Exception failed) {
      throw failed;
    }
    memory(functions, workers, figures);
  }

  private void measure(WorkerContext context, Figures figures) throws SQLException {
    DatabaseSession session = context.database().connect(database, null);
    session.inTransaction(SessionBenchmark::makeTables);
    Connection bare = session.inTransaction(SessionBenchmark::driversOwn);
    try (PreparedStatement ownInsert = session.inTransaction(c -> c.prepareStatement(INSERT));
        PreparedStatement ownSelect = session.inTransaction(c -> c.prepareStatement(SELECT));
        PreparedStatement bareInsert = bare.prepareStatement(INSERT);
        PreparedStatement bareSelect = bare.prepareStatement(SELECT)) {
      Transaction[] all = {
        n -> session.inTransaction(c -> insert(ownInsert, n)),
        n -> {
          insert(bareInsert, n);
          bare.commit();
        },
        n -> session.inTransaction(c -> select(ownSelect, n)),
        n -> {
          select(bareSelect, n);
          bare.commit();
        }
      };
      String[] names = {"insert", "bare insert", "select", "bare select"};
      for (Transaction each : all) {
        rate(each, Math.min(WARM_UP, 3 * transactions));
      }
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < all.length; i++) {
          figures.add("session " + names[i], "/s", rate(all[i], transactions));
        }
        session.update("delete from bench_insert");
      }
    }
  }

  private static Object makeTables(Connection connection) throws SQLException {
    try (PreparedStatement drop = connection.prepareStatement("drop table if exists bench_insert");
        PreparedStatement dropOther =
            connection.prepareStatement("drop table if exists bench_select")) {
      drop.execute();
      dropOther.execute();
    }
    try (PreparedStatement make = connection.prepareStatement("create table bench_insert (a int)");
        PreparedStatement other =
            connection.prepareStatement("create table bench_select (a int primary key, b int)")) {
      make.execute();
      other.execute();
    }
    try (PreparedStatement fill =
        connection.prepareStatement("insert into bench_select (a, b) values (?, ?)")) {
      for (int i = 0; i < KEYS; i++) {
        fill.setInt(1, i);
        fill.setInt(2, -i);
        fill.executeUpdate();
      }
    }
    return KEYS;
  }

  private static Connection driversOwn(Connection connection) throws SQLException {
    for (String name : List.of("org.h2.jdbc.JdbcConnection", "org.postgresql.PGConnection")) {
      try {
        Class<?> type = Class.forName(name);
        if (connection.isWrapperFor(type)) {
          return (Connection) connection.unwrap(type);
        }
      } catch (ClassNotFoundException e) {
        throw new SQLException("this distribution has no driver with " + name, e);
      }
    }
    throw new SQLException("neither H2 nor PostgreSQL: " + connection.getClass());
  }

  private static int insert(PreparedStatement statement, int number) throws SQLException {
    statement.setInt(1, number);
    return statement.executeUpdate();
  }

  private static int select(PreparedStatement statement, int number) throws SQLException {
    statement.setInt(1, number % KEYS);
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getInt(1);
    }
  }

  /** Returns transactions a second. */
  private static double rate(Transaction transaction, int count) throws SQLException {
    long begun = System.nanoTime();
    for (int i = 0; i < count; i++) {
      transaction.run(i);
    }
    return count / ((System.nanoTime() - begun) / 1e9);
  }

  private void memory(Functions functions, BackgroundWorkers workers, Figures figures)
      throws Exception {
    BlockingQueue<Object> begun = new LinkedBlockingQueue<>();
    figures.add("session heap idle", "kB", heapOf(functions, workers, begun, context -> {}));
    figures.add(
        "session heap connected",
        "kB",
        heapOf(functions, workers, begun, context -> context.database().connect(database, null)));
    figures.add("session heap bare", "kB", DriversOwn.heapEach(connected));
  }

  /** What a worker does before it waits. */
  private interface Beginning {
    void run(WorkerContext context) throws SQLException;
  }

  private double heapOf(
      Functions functions,
      BackgroundWorkers workers,
      BlockingQueue<Object> begun,
      Beginning beginning)
      throws Exception {
    functions.connecting(
        context -> {
          beginning.run(context);
          begun.add(context.id());
          Functions.untilTold(context);
        });
    final long before = Memory.liveHeap();
    List<BackgroundWorkerHandle> handles = new ArrayList<>();
    for (int i = 0; i < connected; i++) {
      handles.add(workers.registerDynamic(Functions.connecting(i)));
    }
    for (int i = 0; i < connected; i++) {
      if (begun.poll(60, TimeUnit.SECONDS) == null) {
        throw new IOException("only %d of %d workers have begun".formatted(i, connected));
      }
    }
    final long after = Memory.liveHeap();
    for (BackgroundWorkerHandle handle : handles) {
      handle.terminate();
    }
    for (BackgroundWorkerHandle handle : handles) {
      handle.awaitGone(Duration.ofSeconds(60));
    }
    return (after - before) / 1_024.0 / connected;
  }
}
