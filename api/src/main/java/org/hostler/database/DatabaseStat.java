// SPDX-License-Identifier: Apache-2.0
package org.hostler.database;

import java.util.List;
import java.util.Locale;

/**
 * One database at one moment; immutable.
 *
 * @param name its name
 * @param oid the catalog's number for it, from 16384 on; never given to another
 * @param kind {@code embedded}, or what follows {@code jdbc:} in its URL, for instance {@code
 *     postgresql}
 * @param state how it is
 * @param reason why it is down, in words; empty otherwise
 * @param allowConnections whether workers may connect
 * @param connect the roles that may connect; empty for all
 * @param sessions who is connected
 */
public record DatabaseStat(
    String name,
    long oid,
    String kind,
    State state,
    String reason,
    boolean allowConnections,
    List<String> connect,
    List<SessionStat> sessions) {

  /** How a database is, as far as the host knows. */
  public enum State {
    /** Nobody has connected to it yet, so nothing is known. */
    UNKNOWN,
    /** It does not answer. */
    DOWN,
    /** It answers that it is starting up or recovering (SQLSTATE 57P03). */
    RECOVERY,
    /** It answers and is read-only. */
    READ_ONLY,
    /** It answers and is read-write. */
    READ_WRITE,
    /** It is being removed; nobody can connect. */
    REMOVING;

    /** Returns the word in lower case, for instance {@code read_write}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
