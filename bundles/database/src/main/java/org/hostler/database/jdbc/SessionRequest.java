// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is wanted.
 *
 * @param target the database
 * @param role the role's name; empty for the user the host itself connects with
 * @param application what the server is told of whose it is
 * @param bypassAllow whether the database may be one that does not accept connections (D5)
 * @param bypassLogin whether the role may be one that may not log in (D5)
 */
record SessionRequest(
    DatabaseTarget target,
    String role,
    String application,
    boolean bypassAllow,
    boolean bypassLogin) {

  /** Returns one as the user the host itself connects with, which no setting keeps out. */
  static SessionRequest ofHost(DatabaseTarget target) {
    return new SessionRequest(target, "", "hostler", true, true);
  }

  /** Returns the name of the role that the session will have. */
  String effectiveRole() {
    return role.isEmpty() ? target.user() : role;
  }

  /** Tells whether it is for another role than the host's own. */
  boolean foreignRole() {
    return !effectiveRole().equals(target.user());
  }

  /** Returns a failure of this request; the message is what follows the database's name. */
  DatabaseConnectException failure(Reason reason, String message, @Nullable Throwable cause) {
    return new DatabaseConnectException(
        reason,
        target.name(),
        role,
        "database \"%s\" (role \"%s\"): %s".formatted(target.name(), effectiveRole(), message),
        cause);
  }
}
