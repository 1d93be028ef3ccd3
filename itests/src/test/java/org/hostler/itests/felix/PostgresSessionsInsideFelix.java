// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.database.DatabaseSession;
import org.junit.Test;

/** The same on PostgreSQL, and what only a server does. */
public class PostgresSessionsInsideFelix extends SessionsInsideFelix {
  @Override
  String database() {
    return "pg";
  }

  @Test
  public void theSessionIsTheRolesAndHasTheWorkersNameAndItsSettings_D7() throws Exception {
    sql("alter database pg set work_mem = '7MB'");
    does(
        "titled",
        context -> {
          DatabaseSession session = context.database().connect("pg", "alice");
          assertThat(
                  session.query(
                      "select session_user || ' ' || current_user || ' '"
                          + " || current_setting('application_name') || ' '"
                          + " || current_setting('work_mem')",
                      row -> row.getString(1)))
              .containsExactly("alice alice titled 7MB");
        });
    sql("alter database pg reset work_mem");
  }

  @Test
  public void aSessionCountsAgainstTheLimitsOfTheServer_D6() throws Exception {
    assertThat(refused("full", context -> context.database().connect("pgfull", null)).reason())
        .isEqualTo(Reason.TOO_MANY_CONNECTIONS);
  }

  @Test
  public void theServersOwnRefusalsAreToldApart_D4() throws Exception {
    expect(Reason.CONNECTIONS_NOT_ALLOWED, "55000", "pgshut", "alice");
    expect(Reason.NO_SUCH_DATABASE, "3D000", "pgmissing", "alice");
    expect(Reason.NO_CONNECT_PRIVILEGE, "42501", "pgrevoked", "alice");
  }

  /** The server would answer the commit with a rollback, and its driver would say nothing of it. */
  @Test
  public void aTransactionWhoseFailureWasSwallowedIsNotReportedAsCommitted() throws Exception {
    does(
        "swallowing",
        context -> {
          DatabaseSession session = context.database().connect("pg", null);
          session.update("create table swallowed (a int)");
          assertThatThrownBy(
                  () ->
                      session.inTransaction(
                          connection -> {
                            session.update("insert into swallowed values (1)");
                            assertThatThrownBy(() -> session.update("selec"))
                                .isInstanceOf(SQLException.class);
                            return 1;
                          }))
              .isInstanceOf(SQLException.class)
              .hasMessageContaining("cannot be committed, a statement of it failed\nselec")
              .hasFieldOrPropertyWithValue("SQLState", "25P02");
          session.inTransaction(
              connection -> {
                Savepoint before = connection.setSavepoint();
                assertThatThrownBy(() -> session.update("selec")).isInstanceOf(SQLException.class);
                connection.rollback(before);
                return session.update("insert into swallowed values (2)");
              });
          assertThat(session.query("select a from swallowed", row -> row.getInt(1)))
              .containsExactly(2);
          session.update("drop table swallowed");
        });
  }
}
