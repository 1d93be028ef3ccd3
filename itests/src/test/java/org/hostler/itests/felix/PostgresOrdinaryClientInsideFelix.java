// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

/** The same on PostgreSQL. */
public class PostgresOrdinaryClientInsideFelix extends OrdinaryClientInsideFelix {
  @Override
  String database() {
    return "pg";
  }
}
