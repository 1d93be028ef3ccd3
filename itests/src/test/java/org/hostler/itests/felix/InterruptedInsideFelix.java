// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import org.hostler.database.DatabaseSession;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.Datum;
import org.hostler.worker.Settings;
import org.hostler.worker.WorkerContext;
import org.junit.Test;

/**
 * A thread interrupt while H2 reads or writes its file would close that for everybody. Here a
 * thousand workers are interrupted in the middle of transactions, and nobody else notices.
 */
public class InterruptedInsideFelix extends SessionFixture {
  private static final int WORKERS = 1_000;
  private static final int BYSTANDERS = 4;
  private static final int TRANSACTIONS = 20;

  @Inject Settings settings;

  private final Queue<Thread> atWork = new ConcurrentLinkedQueue<>();
  private final AtomicInteger committed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger calm = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(WORKERS);

  @Override
  String database() {
    return "shaken";
  }

  @Test
  public void aThousandWorkersInterruptedInTransactionsDisturbNobodyAndTheFileIsClean()
      throws Exception {
    databases.create(database());
    sql("create table work (worker int, n int, half int)");
    sql("create index work_of on work (worker)");
    table("calm");
    settings.set("max_worker_processes", Integer.toString(WORKERS + 20));
    offer("shaken", this::work);
    offer("calm", this::observe);
    List<BackgroundWorkerHandle> bystanders = new ArrayList<>();
    for (int i = 0; i < BYSTANDERS; i++) {
      bystanders.add(register(client("calm").build()));
    }
    for (int i = 0; i < WORKERS; i++) {
      workers.registerOrAwait(client("shaken").mainArg(Datum.of((long) i)).build(), SOON);
    }
    interruptAtRandom();
    int before = calm.get();
    awaitTrue(() -> calm.get() > before + 10);
    for (BackgroundWorkerHandle bystander : bystanders) {
      assertThat(bystander.stat().orElseThrow().state().alive()).isTrue();
      assertThat(bystander.id().incarnation()).isEqualTo(1);
      bystander.terminate();
      assertThat(bystander.awaitGone(SOON)).isTrue();
    }
    assertNothingLostOrDoubled();
    assertFileIsClean();
    settings.reset("max_worker_processes");
    databases.remove(database(), false);
  }

  /** Transactions of two rows; what an interrupt breaks is this worker's own affair. */
  private void work(WorkerContext context) throws SQLException {
    try {
      DatabaseSession session = context.database().connect(database(), null);
      long worker = context.mainArg().asLong();
      atWork.add(Thread.currentThread());
      for (int n = 0; n < TRANSACTIONS; n++) {
        int number = n;
        try {
          session.inTransaction(
              connection -> {
                session.update("insert into work values (?, ?, 1)", worker, number);
                session.query(
                    "select count(*) from work where worker = ?", r -> r.getInt(1), worker);
                return session.update("insert into work values (?, ?, 2)", worker, number);
              });
          committed.incrementAndGet();
        } catch (SQLException interrupted) {
          failed.incrementAndGet();
        }
      }
    } finally {
      atWork.remove(Thread.currentThread());
      over.countDown();
    }
  }

  /** Any failure at all ends a bystander. */
  private void observe(WorkerContext context) throws SQLException {
    DatabaseSession session = context.database().connect(database(), null);
    for (; ; ) {
      context.checkForInterrupts();
      session.inTransaction(connection -> session.update("insert into calm values (1)"));
      calm.incrementAndGet(); // what comes now may be cancelled when it is asked to end
      session.query("select count(*) from work where worker = 1", row -> row.getInt(1));
    }
  }

  private void interruptAtRandom() throws InterruptedException {
    Random random = new Random(7);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (over.getCount() > 0) {
      assertThat(System.nanoTime()).as("%d are left", over.getCount()).isLessThan(end);
      for (Thread thread : atWork) {
        if (random.nextInt(4) == 0) {
          thread.interrupt();
        }
      }
      LockSupport.parkNanos(random.nextInt(500_000));
    }
    awaitTrue(() -> workers.find("shaken").isEmpty());
  }

  private void assertNothingLostOrDoubled() throws SQLException {
    assertThat(column("select worker from work group by worker, n having count(*) <> 2")).isEmpty();
    int transactions = rows("work") / 2;
    assertThat(transactions).isGreaterThanOrEqualTo(committed.get());
    assertThat(transactions).isLessThanOrEqualTo(committed.get() + failed.get());
    assertThat(rows("calm")).isEqualTo(calm.get());
  }

  private void assertFileIsClean() throws SQLException {
    int work = rows("work");
    assertThatThrownBy(() -> sql("shutdown"))
        .hasMessageContaining("closed"); // nothing to commit in
    assertThat(rows("work")).isEqualTo(work); // from a file that was opened anew
    assertThat(databases.execute(database(), null, "script").rows()).hasSizeGreaterThan(1);
  }
}
