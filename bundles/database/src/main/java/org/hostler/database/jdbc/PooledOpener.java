// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.jspecify.annotations.Nullable;

/** Opens the connections of one pool, on the pool's threads, and remembers why one was not had. */
final class PooledOpener implements PlainSource {
  private final HostConnections connections;
  private final LiveSessions live;
  private final SessionRequest request;
  private volatile @Nullable Failed last;

  private record Failed(long nanos, SQLException why) {}

  PooledOpener(HostConnections connections, LiveSessions live, SessionRequest request) {
    this.connections = connections;
    this.live = live;
    this.request = request;
  }

  SessionRequest request() {
    return request;
  }

  /** The pool gives its own threads that long to end when it is closed. */
  @Override
  public int getLoginTimeout() {
    return (int) Math.max(1, request.target().connectTimeout().toSeconds());
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      if (live.isBarred(request.target().name())) {
        throw barred(request);
      }
      Connection opened = connections.connect(request);
      last = null;
      return opened;
    } catch (SQLException e) {
      last = new Failed(System.nanoTime(), e);
      throw e;
    }
  }

  static SQLException barred(SessionRequest request) {
    return request.failure(Reason.CONNECTIONS_NOT_ALLOWED, "the database is being removed", null);
  }

  /** Returns why the last one was not had, if that was after a moment; null otherwise. */
  @Nullable SQLException failureSince(long nanos) {
    Failed failed = last;
    return failed == null || failed.nanos() - nanos < 0 ? null : failed.why();
  }
}
