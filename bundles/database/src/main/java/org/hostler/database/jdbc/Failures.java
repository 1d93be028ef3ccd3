// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** Turns what a driver throws into what the contract says. */
final class Failures {
  private static final int LONGEST = 1_000;

  private Failures() {}

  /**
   * Returns what to throw for a failure of a statement: the driver's own, but that one which was
   * cancelled or took too long has SQLSTATE 57014 whatever the driver.
   */
  static SQLException rethrown(Throwable thrown) {
    if (thrown instanceof SQLTimeoutException late
        && !Dialect.CANCELED.equals(late.getSQLState())) {
      return new SQLTimeoutException(
          late.getMessage(), Dialect.CANCELED, late.getErrorCode(), late);
    }
    if (thrown instanceof SQLException sql) {
      return sql;
    }
    throw Failures.<RuntimeException>unchecked(thrown);
  }

  /** Throws what is not an SQLException as it is: a row reader's own, or an error. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** Returns a statement in one line of at most 1,000 characters. */
  static String oneLine(String sql) {
    String line = sql.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
  }
}
