// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

/** The same on PostgreSQL. */
public class PostgresStatementsInsideFelix extends StatementsInsideFelix {
  @Override
  String database() {
    return "pg";
  }

  @Override
  String longQuery() {
    return "select 1 from pg_sleep(600)";
  }
}
