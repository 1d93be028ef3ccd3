// SPDX-License-Identifier: Apache-2.0
package org.hostler.database;

import java.time.Instant;
import java.util.Locale;
import org.hostler.worker.WorkerId;

/**
 * One worker's session at one moment, the row PostgreSQL has in {@code pg_stat_activity} (contract
 * V3); immutable.
 *
 * @param worker the life it belongs to
 * @param workerName the worker's name
 * @param database the database's name
 * @param role the role's name
 * @param state what it does
 * @param statement the statement that runs, or the last one that ran; empty before the first
 * @param since since when it is in that state
 * @param connectedAt when it was connected
 */
public record SessionStat(
    WorkerId worker,
    String workerName,
    String database,
    String role,
    State state,
    String statement,
    Instant since,
    Instant connectedAt) {

  /** What a session does; the words are {@code pg_stat_activity}'s. */
  public enum State {
    /** Between two transactions. */
    IDLE,
    /** A statement runs. */
    ACTIVE,
    /** In a transaction, and no statement runs. */
    IDLE_IN_TRANSACTION;

    /** Returns the words, for instance {@code idle in transaction}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
