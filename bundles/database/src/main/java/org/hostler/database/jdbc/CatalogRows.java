// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hostler.database.SessionStat;

/** What the catalog's views show of a host now. */
final class CatalogRows implements CatalogViews.Rows {
  private final HostConnections connections;
  private final LiveSessions live;

  CatalogRows(HostConnections connections, LiveSessions live) {
    this.connections = connections;
    this.live = live;
  }

  @Override
  public List<Object[]> databases() throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    for (Map.Entry<String, Long> each : connections.numberedDatabases().entrySet()) {
      DatabaseTarget target = connections.config().database(each.getKey());
      rows.add(
          new Object[] {
            each.getValue(),
            target.name(),
            target.kind(),
            target.allowConnections(),
            String.join(", ", target.connect())
          });
    }
    return rows;
  }

  @Override
  public List<Object[]> roles() throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    Map<String, DatabaseConfig.RoleEntry> roles = connections.config().roles();
    for (Map.Entry<String, Long> each : connections.numberedRoles().entrySet()) {
      DatabaseConfig.RoleEntry role = roles.get(each.getKey());
      rows.add(new Object[] {each.getValue(), each.getKey(), role == null || role.login()});
    }
    return rows;
  }

  @Override
  public List<Object[]> workers() {
    List<Object[]> rows = new ArrayList<>();
    for (WorkerSession session : live.all()) {
      SessionStat stat = session.stat().orElse(null);
      if (stat != null) {
        rows.add(
            new Object[] {
              stat.worker().toString(),
              stat.workerName(),
              stat.database(),
              stat.role(),
              stat.state().toString(),
              stat.statement(),
              stat.since().atOffset(ZoneOffset.UTC),
              stat.connectedAt().atOffset(ZoneOffset.UTC)
            });
      }
    }
    return rows;
  }
}
