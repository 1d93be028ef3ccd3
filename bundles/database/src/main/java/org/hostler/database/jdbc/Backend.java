// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

/**
 * A session as its PostgreSQL server knows it.
 *
 * @param pid the number of its process
 * @param place the server's own address and port
 * @param started when the server was started, in seconds since 1970 as it writes them in any time
 *     zone
 * @param seen a moment at which the session was there, in seconds since 1970 by the server's clock:
 *     a process of this number that began later is another one
 */
record Backend(int pid, String place, String started, double seen) {
  /** Gives what the second and third component are made of. */
  static final String SERVER =
      "coalesce(host(pg_catalog.inet_server_addr()), '') || ' '"
          + " || coalesce(pg_catalog.inet_server_port()::text, ''),"
          + " extract(epoch FROM pg_catalog.pg_postmaster_start_time())::text";

  /** Gives the fourth. */
  static final String NOW = "extract(epoch FROM pg_catalog.clock_timestamp())";
}
