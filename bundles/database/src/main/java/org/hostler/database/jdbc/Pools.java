// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;

/**
 * The connections of ordinary clients: a pool for each life of a worker and each database it uses,
 * made at its first use, which keeps nothing open that has not been used for a while.
 *
 * <p>Not one for all workers: a connection keeps what was set on it, its locks and its role, and no
 * database takes all of that back; and a worker that keeps its connections would starve the others.
 *
 * <p>A reload that changes a database gives it a new pool; the old one lends no more and is closed
 * when the last connection is back.
 */
final class Pools {
  private static final long KEPT_MILLIS = 30_000;

  /** How long the pool is waited for at a time; between two waits one looks why nothing comes. */
  private static final long SLICE_MILLIS = 250;

  private final HostConnections connections;
  private final LiveSessions live;
  private final Map<Owned, Pool> pools = new HashMap<>();
  private final List<Pool> retired = new ArrayList<>();
  private boolean closed;

  Pools(HostConnections connections, LiveSessions live) {
    this.connections = connections;
    this.live = live;
  }

  /** Whose pool it is, compared by identity, and of which database. */
  private record Owned(ClientSource owner, String database) {}

  /** The pool of one database as it was set when the pool was made. */
  static final class Pool {
    private final DatabaseTarget target;
    private final HikariDataSource source;
    private final PooledOpener opener;

    private Pool(DatabaseTarget target, HikariDataSource source, PooledOpener opener) {
      this.target = target;
      this.source = source;
      this.opener = opener;
    }

    /** Takes a connection away from whoever has it. */
    void evict(Connection connection) {
      source.evictConnection(connection);
    }
  }

  /** A connection and where it is from. */
  record Lent(Pool pool, Connection connection) {}

  /** Lends a connection; blocks, and can be interrupted. */
  Lent lend(ClientSource owner, String database) throws SQLException {
    Pool pool = pool(new Owned(owner, database));
    SessionRequest request = pool.opener.request();
    if (live.isBarred(database)) {
      throw PooledOpener.barred(request);
    }
    long begun = System.nanoTime();
    long allowed = pool.target.connectTimeout().toNanos();
    while (true) {
      try {
        return new Lent(pool, pool.source.getConnection());
      } catch (SQLException e) {
        SQLException why = pool.opener.failureSince(begun);
        if (why != null
            && !(waitable(why) && pool.source.getHikariPoolMXBean().getTotalConnections() > 0)) {
          throw why;
        }
        if (Thread.currentThread().isInterrupted() || pool.source.isClosed()) {
          throw e;
        }
        if (System.nanoTime() - begun >= allowed) {
          throw exhausted(request, e);
        }
      }
    }
  }

  /** Tells whether one that is lent now and comes back would do instead. */
  private static boolean waitable(SQLException why) {
    return why instanceof DatabaseConnectException refused
        && refused.reason() == Reason.TOO_MANY_CONNECTIONS;
  }

  private static SQLException exhausted(SessionRequest request, SQLException cause) {
    return request.failure(
        Reason.TOO_MANY_CONNECTIONS,
        "its pool has no connection left after %d ms\nIt has at most %d; raise \"database.%s.pool_size\" or close what is not used."
            .formatted(
                request.target().connectTimeout().toMillis(),
                request.target().poolSize(),
                request.target().name()),
        cause);
  }

  /** Made on a thread of the mechanism's: what it makes must not be of the worker's. */
  private Pool pool(Owned owned) throws SQLException {
    DatabaseTarget target = connections.config().database(owned.database());
    synchronized (this) {
      Pool found = pools.get(owned);
      if (found != null && found.target.equals(target)) {
        return found;
      }
    }
    return connections.threads().call(() -> replace(owned, target));
  }

  private synchronized Pool replace(Owned owned, DatabaseTarget target) throws SQLException {
    if (closed) {
      throw new SQLException("the databases of this host are closed", "08003");
    }
    Pool found = pools.get(owned);
    if (found != null && found.target.equals(target)) {
      return found;
    }
    if (found != null) {
      found.source.getHikariPoolMXBean().softEvictConnections();
      retired.add(found);
    }
    retired.removeIf(Pools::closeIfBack);
    Pool made = make(target);
    pools.put(owned, made);
    return made;
  }

  private static boolean closeIfBack(Pool pool) {
    boolean back = pool.source.getHikariPoolMXBean().getActiveConnections() == 0;
    if (back) {
      pool.source.close();
    }
    return back;
  }

  private Pool make(DatabaseTarget target) {
    PooledOpener opener =
        new PooledOpener(
            connections,
            live,
            new SessionRequest(target, "", "hostler pool of " + target.name(), false, false));
    HikariConfig config = new HikariConfig();
    config.setPoolName("hostler-" + target.name());
    config.setDataSource(opener);
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(target.poolSize());
    config.setIdleTimeout(KEPT_MILLIS);
    config.setConnectionTimeout(SLICE_MILLIS);
    config.setValidationTimeout(SLICE_MILLIS);
    config.setInitializationFailTimeout(-1);
    config.setThreadFactory(work -> MechanismThreads.daemon("hostler-pool", work));
    return new Pool(target, new HikariDataSource(config), opener);
  }

  /** Closes the pools of a database and every connection of them. */
  void close(String database) {
    take(owned -> owned.database().equals(database)).forEach(pool -> pool.source.close());
  }

  /** Closes the pool of a life that has ended; returns at once, the connections follow. */
  void close(ClientSource owner) {
    for (Pool pool : take(owned -> owned.owner() == owner)) {
      connections.threads().execute(pool.source::close);
    }
  }

  private synchronized List<Pool> take(Predicate<Owned> which) {
    List<Pool> taken = new ArrayList<>();
    pools.forEach(
        (owned, pool) -> {
          if (which.test(owned)) {
            taken.add(pool);
          }
        });
    pools.keySet().removeIf(which);
    return taken;
  }

  /** Closes every pool; none is made after that. */
  void close() {
    List<Pool> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(pools.values());
      all.addAll(retired);
      pools.clear();
      retired.clear();
    }
    all.forEach(pool -> pool.source.close());
  }

  /** Returns the names of the workers that have connections to a database. */
  synchronized SortedSet<String> clients(String database) {
    SortedSet<String> names = new TreeSet<>();
    pools.forEach(
        (owned, pool) -> {
          if (owned.database().equals(database)
              && pool.source.getHikariPoolMXBean().getActiveConnections() > 0) {
            names.add(owned.owner().worker());
          }
        });
    return names;
  }

  /** Returns how many connections of a database are lent. */
  synchronized int lent(String database) {
    return pools.entrySet().stream()
        .filter(each -> each.getKey().database().equals(database))
        .mapToInt(each -> each.getValue().source.getHikariPoolMXBean().getActiveConnections())
        .sum();
  }
}
