// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hostler.database.DatabaseNotification;
import org.hostler.database.DatabaseStat;
import org.hostler.database.Databases;
import org.hostler.database.SessionStat;
import org.hostler.database.StatementResult;
import org.hostler.worker.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * Databases as a test wants them: they note what they were asked, and answer what they were told.
 */
final class SeenDatabases implements Databases {
  final List<String> asked = new ArrayList<>();
  final List<DatabaseStat> databases = new ArrayList<>();
  @Nullable SQLException failure;
  @Nullable IllegalArgumentException invalid;
  StatementResult result = new StatementResult(List.of(), List.of(), 0);

  static SessionStat session(int slot, String worker, String statement) {
    return new SessionStat(
        new WorkerId(slot, 17, 1),
        worker,
        "main",
        "hostler",
        statement.isEmpty() ? SessionStat.State.IDLE : SessionStat.State.ACTIVE,
        statement,
        Instant.parse("2026-11-21T00:00:02Z"),
        Instant.parse("2026-11-21T00:00:01Z"));
  }

  /** Adds a database. */
  SeenDatabases database(String name, DatabaseStat.State state, String reason, SessionStat... in) {
    databases.add(
        new DatabaseStat(
            name,
            16384 + databases.size(),
            "embedded",
            state,
            reason,
            true,
            List.of(),
            List.of(in)));
    return this;
  }

  private void note(String question) throws SQLException {
    asked.add(question);
    if (invalid != null) {
      throw invalid;
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public List<DatabaseStat> databases() throws SQLException {
    note("databases");
    return List.copyOf(databases);
  }

  @Override
  public List<SessionStat> sessions() {
    return databases.stream().flatMap(database -> database.sessions().stream()).toList();
  }

  @Override
  public Optional<SessionStat> session(WorkerId worker) {
    return sessions().stream().filter(stat -> stat.worker().sameWorker(worker)).findFirst();
  }

  @Override
  public StatementResult execute(@Nullable String database, @Nullable String role, String sql)
      throws SQLException {
    note("execute " + database + " " + role + " " + sql);
    return result;
  }

  @Override
  public void create(String name) throws SQLException {
    note("create " + name);
  }

  @Override
  public void remove(String name, boolean force) throws SQLException {
    note("remove " + name + " " + force);
  }

  @Override
  public Subscription subscribe(
      String database, String channel, Consumer<DatabaseNotification> listener) {
    throw new UnsupportedOperationException("no command subscribes");
  }
}
