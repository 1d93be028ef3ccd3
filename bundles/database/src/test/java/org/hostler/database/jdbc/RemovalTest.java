// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.database.DatabaseSession;
import org.hostler.database.DatabaseStat;
import org.hostler.database.DatabaseStat.State;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerTerminated;
import org.hostler.worker.spi.DatabaseMechanism.DatabaseListener;
import org.hostler.worker.stat.HostStat.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removing embedded databases, with workers on threads of their own. */
class RemovalTest implements DatabaseListener {
  @TempDir Path base;
  private TestHost host;

  /** What the supervisor was told. */
  private final List<String> told = new CopyOnWriteArrayList<>();

  private final List<Worker> workers = new ArrayList<>();

  /** What a worker does that is asked to end. */
  private volatile Consumer<Worker> onTerm = worker -> worker.life.terminate();

  /** A worker that is connected until it is asked to end. */
  private static final class Worker {
    final TestLife life;
    final BlockingQueue<Object> connected = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> over = new CompletableFuture<>();

    Worker(TestLife life) {
      this.life = life;
    }

    Object result() throws InterruptedException {
      return connected.poll(30, TimeUnit.SECONDS);
    }
  }

  private void host(Duration grace) {
    host = new TestHost(base, Map.of(), grace);
    host.mechanism.follow(this);
  }

  @AfterEach
  void close() throws Exception {
    for (Worker worker : workers) {
      worker.life.terminate();
      worker.over.get(30, TimeUnit.SECONDS);
    }
    host.close();
  }

  private Worker worker(String database, WorkerFlag... more) {
    List<WorkerFlag> flags = new ArrayList<>(List.of(more));
    flags.add(WorkerFlag.DATABASE_CONNECTION);
    Worker worker = new Worker(new TestLife(workers.size(), flags.toArray(WorkerFlag[]::new)));
    workers.add(worker);
    Thread thread = new Thread(() -> live(worker, database));
    thread.setDaemon(true);
    thread.start();
    return worker;
  }

  private void live(Worker worker, String database) {
    WorkerEntrance door = host.door(worker.life);
    try {
      DatabaseSession session = door.connect(database, null);
      session.update("CREATE TABLE IF NOT EXISTS t (id int)");
      worker.connected.add(session);
      for (; ; ) {
        worker.life.reset();
        worker.life.checkForInterrupts();
        worker.life.await(Duration.ofSeconds(30));
      }
    } catch (SQLException | WorkerTerminated e) {
      worker.connected.add(e);
    } finally {
      door.close();
      worker.over.complete(null);
    }
  }

  private Path file(String database) {
    return base.resolve("data").resolve(database + ".mv.db");
  }

  @Override
  public void phase(Phase phase) {
    throw new AssertionError("an embedded database holds no phase");
  }

  @Override
  public void back(Collection<WorkerId> ids) {
    told.add("back " + ids);
  }

  @Override
  public void hold(WorkerId id, String reason) {
    told.add("hold " + id + ": " + reason);
    onTerm.accept(workers.get(id.slot()));
  }

  @Override
  public void terminate(WorkerId id) {
    told.add("terminate " + id);
  }

  @Override
  public void signalTerm(WorkerId id) {
    told.add("term " + id);
    onTerm.accept(workers.get(id.slot()));
  }

  @Test
  void removedDatabaseIsGoneWithItsFileAndItsNameIsFreeAgain_D11() throws Exception {
    host(Removal.GRACE);
    host.databases.create("orders");
    host.databases.execute("orders", null, "CREATE TABLE t (id int)");
    assertThat(file("orders")).exists();
    long oid = stat("orders").oid();
    host.databases.remove("orders", false);
    assertThat(file("orders")).doesNotExist();
    try (var files = Files.list(base.resolve("data"))) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("orders"));
    }
    assertThat(names()).doesNotContain("orders");
    assertThatThrownBy(() -> host.databases.remove("orders", false))
        .isInstanceOfSatisfying(
            DatabaseConnectException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NO_SUCH_DATABASE));
    host.databases.create("orders");
    assertThat(stat("orders").oid()).isGreaterThan(oid);
    assertThat(host.databases.execute("orders", null, "SHOW TABLES").rows()).isEmpty();
  }

  private List<String> names() throws SQLException {
    return host.databases.databases().stream().map(DatabaseStat::name).toList();
  }

  private DatabaseStat stat(String name) throws SQLException {
    return host.databases.databases().stream()
        .filter(stat -> stat.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void catalogCannotBeRemoved() {
    host(Removal.GRACE);
    assertThatThrownBy(() -> host.databases.remove("catalog", true))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  @Test
  void plainWorkerKeepsItsDatabaseAndIsNamed_D11_T24() throws Exception {
    host(Duration.ofMillis(50));
    Worker plain = worker("main");
    assertThat(plain.result()).isInstanceOf(DatabaseSession.class);
    assertThatThrownBy(() -> host.databases.remove("main", false))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55006"))
        .hasMessageContaining("database \"main\": is being accessed by background workers")
        .hasMessageContaining("\"worker 0\" (0:1)");
    assertThat(told).isEmpty();
    assertThat(plain.over).isNotDone();
    assertThat(stat("main").state()).isEqualTo(State.READ_WRITE);
    assertThat(file("main")).exists();
  }

  @Test
  void plainWorkerThatLeavesInTimeIsWaitedFor_D11() throws Exception {
    host(Duration.ofSeconds(30));
    Worker plain = worker("main");
    plain.result();
    CompletableFuture<Void> removal = remove("main", false);
    awaitBarred();
    plain.life.terminate();
    removal.get(30, TimeUnit.SECONDS);
    assertThat(file("main")).doesNotExist();
  }

  private CompletableFuture<Void> remove(String name, boolean force) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            host.databases.remove(name, force);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        host.threads::execute);
  }

  private void awaitBarred() {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!host.live.isBarred("main")) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void interruptibleWorkerIsEndedAndUnregistered_D12_T24() throws Exception {
    host(Duration.ofSeconds(30));
    Worker interruptible = worker("main", WorkerFlag.INTERRUPTIBLE);
    interruptible.result();
    host.databases.remove("main", false);
    assertThat(told)
        .containsExactly("hold 0:1: database \"main\" is being removed", "terminate 0:1");
    assertThat(host.mechanism.down(interruptible.life.id())).isEmpty();
    assertThat(interruptible.result()).isInstanceOf(WorkerTerminated.class);
    assertThat(file("main")).doesNotExist();
  }

  @Test
  void interruptibleWorkerStartsAgainWhenTheRemovalFails_D12() throws Exception {
    host(Duration.ofSeconds(3)); // in which it has to be gone
    Worker interruptible = worker("main", WorkerFlag.INTERRUPTIBLE);
    interruptible.result();
    worker("main").result();
    onTerm =
        worker -> {
          assertThat(host.mechanism.down(worker.life.id()))
              .hasValue("database \"main\" is being removed");
          worker.life.terminate();
        };
    assertThatThrownBy(() -> host.databases.remove("main", false))
        .hasMessageContaining("\"worker 1\"")
        .hasMessageNotContaining("\"worker 0\"");
    assertThat(told).hasSize(2).endsWith("back [0:1]");
    assertThat(host.mechanism.down(interruptible.life.id())).isEmpty();
    Worker again = worker("main");
    assertThat(again.result()).isInstanceOf(DatabaseSession.class);
  }

  @Test
  void whoConnectsMeanwhileWaitsAndFindsItMissing_D8() throws Exception {
    host(Duration.ofSeconds(30));
    Worker plain = worker("main");
    plain.result();
    CompletableFuture<Void> removal = remove("main", false);
    awaitBarred();
    Worker late = worker("main");
    Worker impatient = worker("main");
    impatient.life.terminate();
    assertThat(impatient.result()).isInstanceOf(WorkerTerminated.class);
    assertThat(late.connected).isEmpty();
    plain.life.terminate();
    removal.get(30, TimeUnit.SECONDS);
    assertThat(late.result())
        .isInstanceOfSatisfying(
            DatabaseConnectException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NO_SUCH_DATABASE));
  }

  @Test
  void whoConnectsMeanwhileGoesOnWhenTheRemovalFails_D8() throws Exception {
    host(Duration.ofSeconds(3)); // in which we have to see it
    worker("main").result();
    CompletableFuture<Void> removal = remove("main", false);
    awaitBarred();
    Worker late = worker("main");
    assertThat(late.result()).isInstanceOf(DatabaseSession.class);
    assertThat(removal).failsWithin(30, TimeUnit.SECONDS);
  }

  @Test
  void byForceEverySessionEndsAndTheRestartPolicyDecides_D13() throws Exception {
    host(Duration.ofSeconds(30));
    worker("main").result();
    worker("main", WorkerFlag.INTERRUPTIBLE).result();
    host.databases.create("orders");
    worker("orders").result();
    host.databases.remove("main", true);
    assertThat(told).containsExactlyInAnyOrder("term 0:1", "term 1:2");
    assertThat(file("main")).doesNotExist();
    assertThat(workers.get(2).over).isNotDone();
    assertThat(worker("main").result()).isInstanceOf(DatabaseConnectException.class);
  }

  @Test
  void sessionThatIgnoresForceIsClosedUnderItsWorker_D13() throws Exception {
    host(Duration.ofMillis(50));
    onTerm = worker -> {};
    Worker stubborn = worker("main");
    stubborn.result();
    host.databases.remove("main", true);
    assertThat(file("main")).doesNotExist();
    assertThat(host.databases.sessions()).isEmpty();
    assertThat(stubborn.over).isNotDone();
  }

  @Test
  void ordinaryClientIsWaitedForAndThenNamed_D11() throws SQLException {
    host(Duration.ofMillis(200));
    WorkerEntrance door = host.door(new TestLife(0));
    try (Connection client = door.dataSource("main").getConnection()) {
      assertThatThrownBy(() -> host.databases.remove("main", false))
          .hasMessageContaining("ordinary clients")
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55006"));
      assertThat(client.isValid(1)).isTrue();
    }
    host.databases.remove("main", false);
    assertThatThrownBy(() -> door.dataSource("main").getConnection())
        .isInstanceOfAny(SQLException.class, IllegalArgumentException.class);
    door.close();
  }

  @Test
  void databasesThatAreClosedAtOnceAreWholeWhenTheyAreOpenedAgain() throws SQLException {
    host(Duration.ofMillis(200));
    for (int i = 0; i < 12; i++) {
      host.databases.create("d" + i);
      host.databases.execute(
          "d" + i, null, "CREATE TABLE t AS SELECT 1 AS one FROM SYSTEM_RANGE(1, 5000)");
    }
    host.close();
    host(Duration.ofMillis(200));
    for (int i = 0; i < 12; i++) {
      assertThat(host.databases.execute("d" + i, null, "SELECT count(*) FROM t").rows())
          .containsExactly(List.of("5000"));
    }
  }
}
