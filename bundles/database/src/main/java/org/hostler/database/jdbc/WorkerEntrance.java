// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.database.DatabaseSession;
import org.hostler.database.WorkerDatabase;
import org.hostler.database.jdbc.HostConnections.Names;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.Latch;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.spi.DatabaseMechanism.WorkerDoor;
import org.jspecify.annotations.Nullable;

/** The door of one life: its one session, and its ordinary connections. */
final class WorkerEntrance implements WorkerDoor, WorkerDatabase {
  private final WorkerContext context;
  private final HostConnections connections;
  private final LiveSessions live;
  private final Health health;
  private final Notifications notifications;
  private final InstantSource clock;
  private final LineCheck lines;
  private final Thread owner = Thread.currentThread();
  private final AtomicBoolean closed = new AtomicBoolean();

  private final Map<String, ClientSource> sources = new HashMap<>(2);
  private final Pools pools;
  private boolean used;
  private boolean unreachable;
  private volatile @Nullable WorkerSession session;

  WorkerEntrance(
      WorkerContext context,
      HostConnections connections,
      LiveSessions live,
      Pools pools,
      Health health,
      Notifications notifications,
      LineCheck lines,
      InstantSource clock) {
    this.context = context;
    this.connections = connections;
    this.live = live;
    this.pools = pools;
    this.health = health;
    this.notifications = notifications;
    this.clock = clock;
    this.lines = lines;
  }

  @Override
  public WorkerDatabase database() {
    return this;
  }

  // ---- what the worker sees

  @Override
  public DatabaseSession connect(
      @Nullable String database, @Nullable String role, ConnectOption... options)
      throws SQLException {
    begin();
    DatabaseTarget target =
        connections.config().database(database == null ? DatabaseConfig.CATALOG : database);
    return connect(target, role == null ? "" : role, List.of(options));
  }

  @Override
  public DatabaseSession connectByOid(long database, long role, ConnectOption... options)
      throws SQLException {
    begin();
    CompletableFuture<Names> names =
        connections.threads().begin(() -> connections.names(database, role));
    names.whenComplete((found, thrown) -> context.latch().set());
    await(names::isDone, Long.MAX_VALUE);
    Names found = MechanismThreads.result(names);
    return connect(connections.config().database(found.database()), found.role(), List.of(options));
  }

  /** Uses up the one call (D2), after what must be right before there is one. */
  private void begin() {
    if (Thread.currentThread() != owner) {
      throw refused(
          "connects on its own thread only, not on \"%s\""
              .formatted(Thread.currentThread().getName()));
    }
    if (!context.entry().flags().contains(WorkerFlag.DATABASE_CONNECTION)) {
      throw refused(
          "database connection requirement not indicated during registration\n"
              + "Register it with the flag DATABASE_CONNECTION.");
    }
    if (used) {
      throw refused(
          "has connected before, and a life connects once, also if that failed\n"
              + "Use dataSource(name) for further connections.");
    }
    if (closed.get()) {
      throw refused("this life is over");
    }
    context.checkForInterrupts();
    used = true;
  }

  private IllegalStateException refused(String what) {
    return new IllegalStateException(
        "background worker \"%s\" (%s): %s".formatted(context.entry().name(), context.id(), what));
  }

  private DatabaseSession connect(DatabaseTarget target, String role, List<ConnectOption> options)
      throws SQLException {
    SessionRequest request =
        new SessionRequest(
            target,
            role,
            context.entry().name(),
            options.contains(ConnectOption.BYPASS_ALLOWCONN),
            options.contains(ConnectOption.BYPASS_ROLELOGINCHECK));
    WorkerSession mine =
        new WorkerSession(
            context,
            request,
            connections.threads(),
            connections.statements(),
            notifications,
            clock);
    enter(mine);
    boolean connected = false;
    try {
      session = mine;
      Connection raw = open(request);
      try {
        connected = mine.connected(raw);
      } finally {
        if (!connected) {
          Opening.closeQuietly(raw);
        }
      }
      if (!connected) {
        throw refused("this life is over");
      }
      health.connected(target.name());
      if (mine.backend() != null) {
        lines.watch();
      }
      return mine;
    } catch (DatabaseConnectException e) {
      unreachable = e.reason() == Reason.DATABASE_DOWN;
      throw e;
    } finally {
      if (!connected) {
        live.leave(mine);
      }
    }
  }

  /** Waits until the database is not being removed any more (D8); it may be gone then. */
  private void enter(WorkerSession mine) {
    boolean[] lifted = new boolean[1];
    while (!live.enter(mine, () -> wake(lifted))) {
      await(() -> lifted(lifted), Long.MAX_VALUE);
      lifted[0] = false;
    }
  }

  private void wake(boolean[] lifted) {
    synchronized (lifted) {
      lifted[0] = true;
    }
    context.latch().set();
  }

  private static boolean lifted(boolean[] lifted) {
    synchronized (lifted) {
      return lifted[0];
    }
  }

  private Connection open(SessionRequest request) throws SQLException {
    Duration timeout = request.target().connectTimeout();
    Opening opening = connections.begin(request, context.latch()::set);
    boolean taken = false;
    try {
      if (!await(opening::done, timeout.toNanos())) {
        throw HostConnections.tooLong(request, timeout);
      }
      Connection raw = opening.take();
      taken = true;
      return raw;
    } catch (SQLException e) {
      context.checkForInterrupts(); // who is to end does not wait for its database
      throw e;
    } finally {
      if (!taken) {
        opening.abandon();
      }
    }
  }

  /** Waits, acting on requests; false when the time was over. */
  private boolean await(BooleanSupplier done, long nanos) {
    Latch latch = context.latch();
    long begun = System.nanoTime();
    try {
      while (!done.getAsBoolean()) {
        latch.reset();
        context.checkForInterrupts();
        if (closed.get()) {
          throw refused("this life is over");
        }
        if (done.getAsBoolean()) {
          return true;
        }
        long left = nanos - (System.nanoTime() - begun);
        if (left <= 0) {
          return false;
        }
        latch.await(Duration.ofNanos(left));
      }
      return true;
    } finally {
      latch.set(); // what set it meanwhile may have been meant for the worker
    }
  }

  @Override
  public DataSource dataSource(String database) {
    Objects.requireNonNull(database, "database");
    synchronized (sources) {
      ClientSource found = sources.get(database);
      if (found != null) {
        return found;
      }
    }
    checkExists(database);
    synchronized (sources) {
      if (closed.get()) {
        throw refused("this life is over");
      }
      return sources.computeIfAbsent(
          database, name -> new ClientSource(pools, name, context.entry().name()));
    }
  }

  private void checkExists(String database) {
    DatabaseTarget target = connections.config().database(database);
    try {
      if (target.embedded()
          && !target.catalog()
          && !connections.threads().call(() -> connections.exists(target))) {
        throw new IllegalArgumentException(
            "background worker \"%s\": database \"%s\" does not exist"
                .formatted(context.entry().name(), database));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "background worker \"%s\": whether there is database \"%s\" cannot be told"
              .formatted(context.entry().name(), database),
          e);
    }
  }

  // ---- what the supervisor does with it

  @Override
  public boolean cancelStatement() {
    WorkerSession mine = session;
    return mine != null && mine.cancel();
  }

  @Override
  public Ending ending(ExitStatus status) {
    WorkerSession mine = session;
    if (mine != null && (unreachable || mine.lost())) {
      return new Ending(statement(status), health.failed(mine.worker(), mine.database()));
    }
    String database = unreachableSource();
    return new Ending(
        statement(status), database.isEmpty() ? "" : health.failed(context.id(), database));
  }

  /** Returns an ordinary client's database that did not answer; empty when there is none. */
  private String unreachableSource() {
    synchronized (sources) {
      for (Map.Entry<String, ClientSource> each : sources.entrySet()) {
        if (each.getValue().unreachable()) {
          return each.getKey();
        }
      }
    }
    return "";
  }

  @Override
  public String statement(ExitStatus status) {
    WorkerSession mine = session;
    return mine == null ? "" : mine.failedWith(status.cause(), status.stackTrace());
  }

  @Override
  public void close() {
    closed.set(true);
    WorkerSession mine = session;
    if (mine != null) {
      mine.close("this life is over");
      live.leave(mine);
    }
    boolean abandoned = Thread.currentThread() != owner;
    List<ClientSource> left;
    synchronized (sources) {
      left = List.copyOf(sources.values());
      sources.clear();
    }
    left.forEach(source -> source.close(abandoned));
    if (abandoned) {
      context.latch().set(); // it may be connecting
    }
  }
}
