// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.SQLException;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.database.DatabaseStat.State;
import org.hostler.worker.stat.HostStat.Phase;

/**
 * What a database said when it was asked how it is.
 *
 * @param state how it is; unknown when it answered and would not let the host in
 * @param words why it is down, or did not let the host in; empty otherwise
 */
record Answer(State state, String words) {
  /** Nobody has asked. */
  static final Answer UNKNOWN = new Answer(State.UNKNOWN, "");

  private static final String NOT_YET = "57P03";

  /** Returns what a connection that could be had says. */
  static Answer of(boolean readOnly) {
    return new Answer(readOnly ? State.READ_ONLY : State.READ_WRITE, "");
  }

  /** Returns what it means that no connection could be had. */
  static Answer of(SQLException failure) {
    boolean down =
        failure instanceof DatabaseConnectException refused
            ? refused.reason() == Reason.DATABASE_DOWN
            : Dialect.lost(failure);
    String words = PostgreSql.words(failure);
    if (!down) {
      return new Answer(State.UNKNOWN, words);
    }
    return new Answer(notYet(failure) ? State.RECOVERY : State.DOWN, words);
  }

  private static boolean notYet(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && NOT_YET.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether nobody can work with it: it does not answer, or not yet. */
  boolean down() {
    return state == State.DOWN || state == State.RECOVERY;
  }

  /**
   * Returns which workers may be started when the default database has answered so (contract S1).
   *
   * @param now the phase it allowed before; stays when it lets nobody in
   */
  Phase phase(Phase now) {
    return switch (state) {
      case DOWN -> Phase.STARTUP;
      case RECOVERY -> Phase.RECOVERY;
      case READ_ONLY -> Phase.HOT_STANDBY;
      case READ_WRITE -> Phase.RUN;
      case UNKNOWN, REMOVING -> now;
    };
  }
}
