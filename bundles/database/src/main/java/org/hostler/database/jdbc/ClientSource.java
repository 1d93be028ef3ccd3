// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.database.jdbc.Pools.Lent;

/** The source of ordinary connections to one database that one life of a worker has. */
final class ClientSource implements PlainSource {
  private final Pools pools;
  private final String database;
  private final String worker;
  private final List<Lent> lent = new ArrayList<>();
  private volatile boolean unreachable;
  private boolean closed;

  ClientSource(Pools pools, String database, String worker) {
    this.pools = pools;
    this.database = database;
    this.worker = worker;
  }

  /** Returns the name of the worker. */
  String worker() {
    return worker;
  }

  @Override
  public Connection getConnection() throws SQLException {
    checkOpen();
    Lent got = lend();
    synchronized (this) {
      if (!closed) {
        forgetReturned();
        lent.add(got);
        return got.connection();
      }
    }
    got.connection().close();
    throw over();
  }

  private Lent lend() throws SQLException {
    try {
      Lent got = pools.lend(this, database);
      unreachable = false;
      return got;
    } catch (DatabaseConnectException e) {
      unreachable = e.reason() == Reason.DATABASE_DOWN;
      throw e;
    }
  }

  /** Tells whether its database did not answer when it was last asked for a connection. */
  boolean unreachable() {
    return unreachable;
  }

  private synchronized void checkOpen() throws SQLException {
    if (closed) {
      throw over();
    }
  }

  private SQLException over() {
    return new SQLException(
        "background worker \"%s\": its life is over, and so are its connections to database \"%s\""
            .formatted(worker, database),
        "08003");
  }

  /** What the worker has closed is closed for good: the pool lends it as another object. */
  private void forgetReturned() throws SQLException {
    List<Lent> returned = new ArrayList<>();
    for (Lent each : lent) {
      if (each.connection().isClosed()) {
        returned.add(each);
      }
    }
    lent.removeAll(returned);
  }

  /**
   * Lends no more and takes back what is lent.
   *
   * @param evict whether something may still use them: they are then not given to anybody else
   */
  void close(boolean evict) {
    List<Lent> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(lent);
      lent.clear();
    }
    for (Lent each : left) {
      if (evict) {
        each.pool().evict(each.connection());
      } else {
        Opening.closeQuietly(each.connection());
      }
    }
    pools.close(this);
  }
}
